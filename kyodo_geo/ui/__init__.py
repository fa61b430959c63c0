"""The only part that knows Streamlit: filters, map panel, tables, messages."""
