// Names and roles for Streamlit's own elements, by selector: its names are English, some of its
// roles are wrong.

export const NAMES = {
  "[data-testid=stTopNav], [data-testid=stSidebarNav]": "ページ",
  "[data-floating-ui-portal]:has(a[href])": "ページの続き",
  "[data-testid=stSidebar]": "メニュー",
  "[data-testid=stExpandSidebarButton]": "メニューを開く",
  "[data-testid=stSidebarCollapseButton] button": "メニューを閉じる",
  "[data-testid=stDateInputCalendarButton]": "カレンダーを開く",
  '[role=dialog][aria-label="Choose date"]': "日を選ぶ",
  'button[aria-label="Previous month"]': "前の月",
  'button[aria-label="Next month"]': "次の月",
  'button[aria-label="Open"]': "選択肢を開く",
  'button[aria-label="Clear"], button[aria-label="Clear value"]': "消す",
  'button[aria-label="Clear all"]': "すべて消す",
  '[aria-label="Selected values"]': "選んだもの",
  "[data-testid=stFileUploaderDropzoneInput]": "ファイルを選ぶ",
  "[data-testid=stFileUploaderDropzone] [data-testid=stBaseButton-secondary]": "ファイルを選ぶ",
};
export const ROLES = {
  "[data-floating-ui-portal]:has(a[href])": "navigation",
  "[data-testid=stFileUploaderDropzone], [role=application] > header": "group",
  // A list with headings in it is none.
  "[data-testid=stSidebarNavItems]": "none",
  "[data-testid=stSidebarNavItems] > div, [data-testid=stSidebarNavItems] li": "none",
};

// Names that Streamlit makes of a label, in English and with the marks of its formatting.
const PHRASES = [
  [/^Help for (.*)$/s, "$1の説明"],
  [/^Remove (.*)$/s, "$1を外す"],
  [/^year, /, "年、"],
  [/^month, /, "月、"],
  [/^day, /, "日、"],
  [/\*\*/g, ""],
];

// What has a name that Streamlit made of a label.
export const PHRASED = [
  '[aria-label^="Help for "]',
  '[aria-label^="Remove "]',
  "[role=spinbutton][aria-label]",
  '[aria-label*="**"]',
].join();

export function inJapanese(name) {
  return PHRASES.reduce((text, [english, japanese]) => text.replace(english, japanese), name);
}
