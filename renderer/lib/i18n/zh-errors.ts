/** What each kind of failure says in Chinese: one sentence of what happened, and one of what to do where there is something to do. */
import type { ErrorCode } from '#contract/errors.ts';

interface Said {
  readonly message: string;
  readonly remedy?: string;
}

const AGAIN = '请重试；若仍出现，“模型与系统”中的报告有更多说明。';
const OTHER_FILE = '请确认这是录音或录像文件，并能在别处播放。';

export const zhErrors: Readonly<Record<ErrorCode, Said>> = {
  'method-unknown': { message: '此版本不支持这个操作。' },
  'argument-invalid': { message: '输入的内容不符合要求。' },
  'sender-untrusted': { message: '请求并非来自 Attune 自己的窗口，已被拒绝。' },
  'not-supported-here': { message: '此处不支持这个操作。' },
  internal: { message: 'Attune 内部出错。已保存的内容没有改动。', remedy: AGAIN },
  cancelled: { message: '已取消。' },
  'job-unknown': { message: '这个任务已不存在。' },
  'host-crashed': { message: 'Attune 的一个后台程序意外停止。', remedy: AGAIN },
  'host-unresponsive': { message: 'Attune 没有回应。', remedy: '如果它已关闭，请重新启动。' },
  'host-restart-limit': { message: '一个后台程序反复停止，不再重启。', remedy: '请重新启动 Attune。' },
  timeout: { message: '等待时间过长，已停止。', remedy: AGAIN },
  'file-not-found': { message: '找不到文件。', remedy: '它可能已被移动或改名。' },
  'file-not-readable': { message: '无法读取文件。', remedy: '请检查文件的权限。' },
  'file-not-a-file': { message: '所选的不是文件。' },
  'file-empty': { message: '文件是空的，没有导入。' },
  'file-changed': { message: '文件在读取时发生了变化，没有导入。', remedy: '请在写入完成后再导入。' },
  'file-too-large': { message: '文件太大。' },
  'media-not-recognised': { message: '这个文件不是可以读取的录音或录像。', remedy: OTHER_FILE },
  'media-no-streams': { message: '文件里没有声音，也没有画面。', remedy: OTHER_FILE },
  'media-zero-length': { message: '录音或录像的长度为零。', remedy: OTHER_FILE },
  'media-damaged': { message: '录音或录像已损坏。', remedy: OTHER_FILE },
  'media-refers-elsewhere': { message: '这个文件指向别处的内容，出于安全没有读取。' },
  'media-tool-missing': {
    message: '读取录音录像的程序（ffmpeg）缺失或无法运行。',
    remedy: '请重新安装 Attune，或在“设置”中指定另外的 ffmpeg 和 ffprobe。',
  },
  'media-tool-failed': { message: '读取录音录像的程序出错。', remedy: OTHER_FILE },
  'output-not-writable': { message: '无法写入目标位置。', remedy: '请选择另一个文件夹。' },
  'disk-full': { message: '磁盘已满。', remedy: '请腾出空间后重试。' },
  'transcript-not-recognised': {
    message: '无法识别文字稿的格式。',
    remedy: '可以读取 WebVTT、SRT、“姓名：话语”文本、DOCX、TextGrid、EAF、CSV 和 Attune 的 JSON。',
  },
  'transcript-invalid': {
    message: '文字稿有误，没有采用。',
    remedy: '请在写出它的程序里检查，或重新导出为 WebVTT、SRT 或 JSON。',
  },
  'voice-not-kept': {
    message: '无法记住此嗓音：会话没有指明参与者，说话人没有姓名，或此人单独说话的时间太短。',
  },
  'edit-not-possible': { message: '此处无法这样编辑，文字稿没有改动。' },
  'edit-stale': {
    message: '文字稿在此期间已在别处改动；您的这一处没有覆盖它。',
    remedy: '请查看现在的文字稿，再编辑一次。',
  },
  'texts-not-recognised': {
    message: '这个文件里找不到可以读取的文本。',
    remedy:
      '可以读取 CSV、TSV、XLSX、JSON、JSON 行、纯文本，以及 WhatsApp、Telegram、Slack、Discord 的导出文件。',
  },
  'texts-invalid': {
    message: '文件已损坏、被截断，或超出任何表格的大小。',
    remedy: '请在写出它的程序中检查，或另存为 CSV。',
  },
  'row-invalid': { message: '有一行数据无效。' },
  'text-invalid': { message: '文字无效。' },
  'picture-not-recognised': { message: '这个文件不是可以读取的图片。' },
  'face-not-found': { message: '没有检测到人脸。' },
  'model-missing': {
    message: '缺少一个模型或它的一个文件。',
    remedy: '自带的模型：请重新安装 Attune；导入的模型：请检查文件夹后重新导入。',
  },
  'model-exists': { message: '已有一个同名的模型。', remedy: '如要替换，请先移除它。' },
  'model-damaged': {
    message: '一个模型已损坏或不完整。',
    remedy: '自带的模型：请重新安装 Attune；导入的模型：请重新获取。',
  },
  'model-incompatible': { message: '一个模型与此版本不相容。' },
  'download-under-way': {
    message: '另一个 Attune 正在从这个地址下载，没有任何改动。',
    remedy: '请等待那次下载结束，或在那里取消。',
  },
  'download-failed': {
    message: '下载没有完成，没有导入模型；已收到的部分保留着。',
    remedy: '请检查网络和地址，再从同一地址下载：若服务器支持，会从中断处继续。',
  },
  'download-no-model': {
    message: '这个地址没有完整的 Whisper 模型，没有导入。',
    remedy: '请填写 onnx-community 布局的文件夹地址、它的网页地址，或 ZIP 压缩包的地址。',
  },
  'download-mismatch': {
    message: '下载的文件与给出的长度或 SHA-256 不符，已删除，没有导入。',
    remedy: '请重新下载；若再次出现，则文件或所给的 SHA-256 有误。',
  },
  'download-redirected': {
    message: '服务器转向了不安全的地址，下载已停止，没有导入。',
    remedy: '请换一个地址。',
  },
  'provider-refused': { message: '所选的计算设备无法使用。', remedy: '请在“设置”中选择另一种。' },
  'workspace-none': { message: '还没有工作区。' },
  'workspace-exists': { message: '这里已有一个工作区。' },
  'workspace-locked': { message: '工作区已锁定。' },
  'workspace-in-use': { message: '另一个 Attune 正在使用这个工作区。', remedy: '请先在那里关闭，再重试。' },
  'workspace-from-future': {
    message: '这个工作区由更新版本的 Attune 写成，没有改动它。',
    remedy: '请用那个版本打开。',
  },
  'workspace-damaged': { message: '工作区已损坏。', remedy: '请从备份中恢复。' },
  'passphrase-wrong': {
    message: '这个口令打不开此工作区。没有任何改动。',
    remedy: '请检查键盘布局和大写锁定，再试一次。',
  },
  'passphrase-weak': { message: '口令太短。' },
  'keychain-unavailable': { message: '系统钥匙串无法使用。', remedy: '请改用口令。' },
  'media-chunk-damaged': { message: '保存的录音录像有一部分已损坏。', remedy: '请重新导入原文件。' },
  'record-not-found': { message: '这一项已不存在。' },
  'analysis-interrupted': {
    message: '分析这段录音时 Attune 关闭了。录音和已完成的步骤都保留着。',
    remedy: '可以继续：只会重做未完成的部分。',
  },
  'analysis-none': { message: '还没有分析结果。' },
  'analysis-outdated': {
    message: '这一判读出自与当前安装版本不同的模型。',
    remedy: '请重新分析该录音，之后即可解释其判读。',
  },
};
