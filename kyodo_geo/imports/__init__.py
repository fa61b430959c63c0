"""Files and forms examined against an edition and published as a new one."""
