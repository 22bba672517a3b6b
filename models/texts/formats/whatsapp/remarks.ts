/** What WhatsApp itself writes where a person's words stand: pictures, calls, deleted and edited messages. */

/** A left-to-right mark begins it in most versions. Otherwise it is told by its words, in the languages known here. */
const MARKED = /^\u200E.*$/;
/** "<Media omitted>", "<省略媒体文件>"; "<sigh>" is a person's. */
const BRACKETS = /^\u200E?<(?=[^<>]*[\s\p{Script=Han}])[^<>]{3,60}>$/u;
const ATTACHED = [
  /^\u200E?[A-Z]{3}-\d{8}-WA\d+\.\w{2,5} \([^()]+\)$/,
  /^\u200E?.{1,200} \((?:file attached|Datei angehängt|fichier joint|archivo adjunto|arquivo anexado|file allegato|bestand bijgevoegd|文件附件|附件)\)$/,
];
const INSTEAD = new RegExp(
  `^(?:${[
    'null',
    'Waiting for this message\\. This may take a while',
    ...['This message was deleted(?: by admin .{1,60})?', 'You deleted this message'],
    ...['Diese Nachricht wurde gelöscht', 'Du hast diese Nachricht gelöscht'],
    ...['Ce message a été supprimé', 'Vous avez supprimé ce message'],
    ...['Se eliminó este mensaje', 'Este mensaje fue eliminado', 'Eliminaste este mensaje'],
    ...['Esta mensagem foi apagada', 'Mensagem apagada', 'Você apagou esta mensagem'],
    ...['Questo messaggio è stato eliminato', 'Hai eliminato questo messaggio'],
    ...['Dit bericht is verwijderd', '(?:Je|U) hebt dit bericht verwijderd'],
    ...['此消息已删除', '[您你]删除了(?:此|这条)消息', '此訊息已刪除', '[您你]已刪除此訊息'],
    'Missed (?:group )?(?:voice|video) call',
    'Verpasster (?:Gruppen-?)?(?:Sprach|Video)anruf',
    'Appel (?:vocal|vidéo) (?:de groupe )?manqué',
    'Llamada (?:de voz |de v[ií]deo )?perdida|Videollamada perdida',
    'Chamada de (?:voz|v[ií]deo) perdida',
    '(?:Chiamata(?: vocale)?|Videochiamata) persa',
    'Gemiste (?:spraak|video)oproep',
    '未接(?:语音|视频)通话|未接(?:語音|視訊)(?:通話|來電)',
  ].join('|')})\\.?$`,
  'i',
);
const AFTER = [
  /\s*\u200E<[^<>]{3,80}>$/,
  /\s+<[^<>]{0,60}(?:edited|bearbeitet|modifi|editó|editad|bewerkt|muokattu|изменен|编辑|編輯|編集|수정|تعديل)[^<>]{0,60}>$/i,
];

/** A message's words, without what the program wrote instead of them, above them or after them. */
export function wordsIn(message: string): string {
  const text = AFTER.reduce((left, remark) => left.replace(remark, ''), message.trim());
  const [first = '', ...rest] = text.split('\n');
  if (rest.length === 0 && (MARKED.test(text) || INSTEAD.test(text))) return '';
  const picture = BRACKETS.test(first) || ATTACHED.some((attached) => attached.test(first));
  return (picture ? rest : [first, ...rest]).join('\n').trim();
}

/** "Anna created group "Trip: Rome"" is no name and a message: the colon stands within quotation marks. */
export const isQuoting = (name: string): boolean =>
  name.split('"').length % 2 === 0 || /(?:„[^“”]*|«[^»]*|「[^」]*|^[^„“]*“[^”]*)$/.test(name);
