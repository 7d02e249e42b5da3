/** The page's own words. What the bot says comes translated from the server. */

const WORDS = {
  en: {
    tagline: "Three phones, one bot. Speak as anyone and watch what the others see.",
    phones: "Phones",
    picture: "Picture",
    rep: "Rep",
    manager: "Manager",
    hq: "HQ",
    guest: "Guest",
    whose: "Whose phone is this?",
    language: "Language",
    conversation: "Conversation",
    reconnecting: "Reconnecting…",
    typing: "Salesbot is typing",
    placeholder: "Message",
    message: "Message to Salesbot",
    send: "Send",
    attach: "Attach",
    photo: "Photo",
    file: "File",
    location: "Location",
    contact: "Contact",
    commands: "Commands",
    sending: "Sending",
    committed: "Delivered",
    refused: "Not sent",
    latest: "Latest messages",
    today: "Today",
    yesterday: "Yesterday",
    download: "Download",
    enlarge: "Enlarge",
    close: "Close",
    choose: "Choose",
    table: "Table",
    missing: "Please fill this in.",
    none: "—",
    cancel: "Cancel",
    share: "Share",
    latitude: "Latitude",
    longitude: "Longitude",
    measured: "Measured by the phone, ±15 m",
    name: "Name",
    phone: "Phone",
    remove: "Remove",
    uploading: "Uploading",
    retry: "Failed. Try again",
    toobig: "Too large: 10 MB at most",
    nothing: "This file is empty",
    again: "Open again",
    example: "e.g.",
    empty: "Nothing here yet.\nLog a visit, or look a customer up.",
    nobody: "Nobody has a phone here yet.",
  },
  zh: {
    tagline: "三部手机，一个机器人。用任何人的身份说话，看看其他人会收到什么。",
    phones: "手机",
    picture: "图片",
    rep: "销售代表",
    manager: "销售经理",
    hq: "总部",
    guest: "访客",
    whose: "这是谁的手机？",
    language: "语言",
    conversation: "对话",
    reconnecting: "正在重新连接…",
    typing: "Salesbot 正在输入",
    placeholder: "消息",
    message: "发给 Salesbot 的消息",
    send: "发送",
    attach: "添加附件",
    photo: "照片",
    file: "文件",
    location: "位置",
    contact: "名片",
    commands: "命令",
    sending: "发送中",
    committed: "已送达",
    refused: "未发送",
    latest: "最新消息",
    today: "今天",
    yesterday: "昨天",
    download: "下载",
    enlarge: "放大",
    close: "关闭",
    choose: "请选择",
    table: "表格",
    missing: "请填写此项。",
    none: "—",
    cancel: "取消",
    share: "发送",
    latitude: "纬度",
    longitude: "经度",
    measured: "手机实时定位，±15 米",
    name: "姓名",
    phone: "电话",
    remove: "移除",
    uploading: "正在上传",
    retry: "上传失败，点此重试",
    toobig: "文件过大，最多 10 MB",
    nothing: "这个文件是空的",
    again: "重新打开",
    example: "例如",
    empty: "还没有消息。\n记一次拜访，或者查一个客户。",
    nobody: "这里还没有人有手机。",
  },
};

/** The nearest language that the page speaks. */
export function spoken(language) {
  return String(language).toLowerCase().startsWith("zh") ? "zh" : "en";
}

/** One word in one language. */
export function word(language, key) {
  return WORDS[language][key];
}

const TAGS = { en: "en", zh: "zh-CN" };

/** Put a part of the page into a language: whatever is marked `data-word`, `-label` or `-hint`. */
export function translate(root, language) {
  root.lang = TAGS[language];
  const parts = [root, ...root.querySelectorAll("[data-word], [data-label], [data-hint], time")];
  for (const part of parts) {
    if (part.dataset.word) part.textContent = word(language, part.dataset.word);
    if (part.dataset.label) part.setAttribute("aria-label", word(language, part.dataset.label));
    if (part.dataset.hint) part.placeholder = word(language, part.dataset.hint);
    if (part.tagName === "TIME") part.textContent = clock(language, part.dateTime);
  }
}

const formats = new Map();

function format(language, shape) {
  const key = language + Object.keys(shape);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(TAGS[language], shape));
  return formats.get(key);
}

/** The time of day. */
export function clock(language, at) {
  return format(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(
    new Date(at),
  );
}

/** The day as people name it. */
export function day(language, date) {
  const midnights = [new Date(), new Date(date)].map((one) => one.setHours(0, 0, 0, 0));
  const days = Math.round((midnights[0] - midnights[1]) / 864e5);
  if (days === 0) return word(language, "today");
  if (days === 1) return word(language, "yesterday");
  return format(language, { weekday: "short", day: "numeric", month: "long" }).format(date);
}

/** A file's size. */
export function size(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1048576 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1048576).toFixed(1)} MB`;
}
