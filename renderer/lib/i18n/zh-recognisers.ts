/** Chinese of recognisers. */
import type { enRecognisers } from './en-recognisers.ts';
import type { Format } from './format.ts';

export const zhRecognisers = (f: Format): ReturnType<typeof enRecognisers> => ({
  title: '其他语言',
  text: '英语无需准备即可识别。要识别其他语言，请导入一个 Whisper 模型：onnx-community 所用布局的文件夹，或把该文件夹打成一个 ZIP 压缩包。名称带“_timestamped”的版本会给出每个词的时间。',
  folder: '选择文件夹…',
  zip: '选择 ZIP 压缩包…',
  onlyZip: '浏览器窗口只接受压缩包；文件夹可用命令导入：npm run attune -- models import 文件夹',
  dropHere: '也可以拖到这里。',
  download: {
    title: '下载模型',
    address: '或填写它的网络地址',
    sha256: '压缩包的 SHA-256（可不填）',
    now: '立即下载',
    text: '只有在您按下按钮时，Attune 才连接该地址及其转向之处，除了对文件的请求，不发送任何内容。地址可以是这样的文件夹、它的网页，或 ZIP 压缩包。中断的下载再次开始时会继续。',
    addressWrong: '地址以 https:// 开头，不含用户名和密码。',
    hashWrong: 'SHA-256 有 64 位：0 到 9 和 a 到 f。',
    hashOfFolder: 'SHA-256 属于单个文件，只能与 ZIP 压缩包的地址一起填写。',
  },
  stop: {
    title: (name) => `停止导入“${name}”？`,
    text: (bytes) =>
      `已收到 ${f.bytes(bytes)}。如果保留，以后从同一地址下载时会接着进行。一周内没有继续的，会在下一次下载时清除。`,
    goOn: '继续',
    delete: '删除',
    keep: '保留已收到的部分',
    kept: (bytes) => `已停止，收到的 ${f.bytes(bytes)} 已保留：再从同一地址下载时会接着进行。`,
  },
  brought: (title) => `已导入“${title}”。`,
  remove: '移除',
  removeTitle: (title) => `移除“${title}”？`,
  removeText: '它的文件将从本机删除。由它参与得出的结果会保留。',
  removed: (title) => `已移除“${title}”。`,
  countLanguages: (n) => `${f.whole(n)} 种语言`,
  auto: '自动',
  english: '没有 Whisper 模型（见“模型与系统”）时，只识别英语。',
  detected: '自动：由最初半分钟的语音判断。',
  spoken: '所说的语言',
  spokenHint: '用于导入的录音。重新分析某个录音时可以另行指定。',
  recogniser: '识别器',
  recogniserHint: '自动：英语用快速识别器，其他语言用 Whisper 模型。',
  words: '文字',
  by: ({ title, language, languageFrom, languageProbability, tookMs, speechMs }) => {
    const how = {
      chosen: '指定',
      detected: `判断，${f.percent(languageProbability ?? 0)}`,
      assumed: '默认',
    }[languageFrom];
    return `${title} · ${f.language(language)}（${how}）· 语音 ${f.length(speechMs)}，用时 ${f.length(tookMs)}`;
  },
});
