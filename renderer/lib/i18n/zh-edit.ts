/** Chinese of correcting a transcript. */
import type { EditKind } from '#contract/transcript/edit/operation.ts';
import type { EventKind } from '#contract/transcript/event.ts';
import type { enEdit } from './en-edit.ts';
import type { Format } from './format.ts';

const ROLES: Readonly<Record<string, string>> = {
  therapist: '治疗师',
  client: '来访者',
  agent: '客服',
  caller: '来电者',
};
const EVENTS: Readonly<Record<EventKind, string>> = {
  laughs: '笑',
  sighs: '叹气',
  cries: '哭',
  silence: '沉默',
  crosstalk: '多人同时说话',
  neutral: '平静，平常的声音',
};
const DID: Readonly<Record<EditKind, string>> = {
  'set-text': '修改文字',
  split: '拆分一句',
  join: '合并两句',
  bounds: '移动边界',
  insert: '添加一句',
  remove: '删除一句',
  replace: '全部替换',
  mark: '添加标记',
  unmark: '删除标记',
  assign: '更改说话人',
  'set-speaker': '修改说话人信息',
  'merge-speakers': '合并两个说话人',
  'split-speaker': '从此处起为新说话人',
  'not-alike': '指明某个嗓音并非他人',
  'not-voice': '指明说话人不是某人',
  'tell-apart': '重新区分说话人',
};

export const zhEdit = (f: Format): ReturnType<typeof enEdit> => ({
  words: '这一句的文字',
  noWords: '没有文字',
  saving: { saved: '已保存', saving: '正在保存…', waiting: '未保存' },
  waiting: '尚未保存。',
  waitingKept: '您的修改仍在此处，正在重试。',
  lost: (n) => `文字稿已在别处改动，有 ${f.whole(n)} 处修改无处安放：`,
  stale: (n) => `${f.whole(n)} 处解读待更新`,
  alike: '或是他人？',
  alikeWhy: '此嗓音与另一人非常相似，可能是对方说的。可以指明是谁。',
  notAlike: '是两个人',
  notAlikeWhy: '此嗓音曾被认为与另一人非常相似。指明他们是两个人。',
  peopleUnsure: (counts) =>
    `可能有 ${counts.slice(0, -1).map(f.whole).join('、')} 或 ${f.whole(counts.at(-1) ?? 0)} 人在说话，请核对。`,
  confirmPeople: (n) => `就是 ${f.whole(n)} 人`,
  confirmPeopleText: '说话人保持不变。除非要求重新分析时再次自动判断人数，否则不再询问。',
  tellApart: (n) => (n === 1 ? '全部视为一人' : `按 ${f.whole(n)} 人区分`),
  tellApartText: '文字、修改和标记保持不变，只按嗓音重新判断谁在说话。可以撤销。',
  soundsLike: (speaker, name, similarity) =>
    `${speaker}听起来像${name}（相似度 ${f.two(similarity)}，最高为 1）。`,
  useName: '使用此姓名',
  nameThem: (name) => `命名为${name}`,
  notThem: '不是',
  notThemText: (name) => `不是${name}。此录音中不再为该说话人建议此姓名；可以撤销。`,
  remember: '记住嗓音',
  rememberWhy: (participant) =>
    `记住的嗓音会加密保存在工作区里，以便在与 ${participant} 的其他会话中建议姓名。可在设置中查看和删除。`,
  rememberNobody: '要记住嗓音，请先在资料库中指明此会话的参与者。',
  rememberNameless: '要记住嗓音，请先给说话人起名。',
  remembered: (name, participant) => `已记住${name}的嗓音，用于与 ${participant} 的会话。可在设置中删除。`,
  howMany: '说话人数',
  tellingApart: '正在区分说话人…',
  toldApart: (found, wanted) =>
    found < wanted
      ? `${f.whole(wanted)} 人中只区分出 ${f.whole(found)} 种嗓音。可以撤销。`
      : found === 1
        ? '现已全部视为一人。可以撤销。'
        : `已区分出 ${f.whole(found)} 位说话人。可以撤销。`,
  overlaps: '重叠',
  overlapsWhy: '同时有其他人在说话。',
  staleOne: '待更新：',
  unread: '尚未解读',
  staleWhy: '这一句在解读之后改动过，正在后台重新解读。',
  event: (kind, seconds) =>
    kind === 'silence' ? `沉默 ${f.short(Math.round(seconds * 10) / 10)} 秒` : EVENTS[kind],
  joined: (name) => `已合并：这些话现在是${name}说的。`,
  unmark: '删除此标记',
  found: (confidence) => `由声音判断，把握 ${f.percent(confidence)}`,
  markAt: (time) => `在 ${time} 处标记`,
  whose: '谁在说话？',
  onlyThis: '仅这一句',
  fromHere: '从此处起',
  newSpeaker: '新的说话人',
  speakerNumber: (n) => `说话人 ${f.whole(n)}`,
  speakersText: '姓名、角色和颜色。这里的任何修改都可以撤销。',
  addSpeaker: '添加说话人',
  name: '姓名',
  roleOf: '角色',
  role: (role) => ROLES[role] ?? role,
  colour: '颜色',
  colourNumber: (n) => `颜色 ${f.whole(n)}`,
  mergeInto: '并入…',
  utterances: (n) => `${f.whole(n)} 句`,
  replaceWith: '替换为',
  matchCase: '区分大小写',
  wholeWords: '全词匹配',
  replaceAll: (n) => `替换 ${f.whole(n)} 处`,
  replaced: (n) => `已替换 ${f.whole(n)} 处。`,
  removeAll: (n) => `删除 ${f.whole(n)} 处`,
  removedWords: (n) => `已删除 ${f.whole(n)} 处。`,
  more: '更多…',
  boundary: { startMs: '这一句的开头', endMs: '这一句的结尾' },
  historyText: '所有修改，最新的在前，保存在加密的工作区里。',
  noHistory: '还没有修改。',
  nobody: '未署名',
  older: '更早的修改',
  restore: '恢复到第一次修改之前',
  restoreText: '这一步同样可以撤销。',
  did: ({ action, operation }) => {
    if (action === 'edit') return operation ? DID[operation.kind] : '';
    return { undo: '撤销', redo: '重做', restore: '恢复到第一次修改之前', replace: '换用另一份文字稿' }[
      action
    ];
  },
});
