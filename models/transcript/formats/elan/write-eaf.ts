/** An ELAN annotation document (EAF 3.0): a tier a speaker, the words in a tier below it. */
import type { Transcript } from '#contract/transcript/utterance.ts';
import { escapeXml } from '../../file/xml.ts';
import { NOBODYS, toTiers, type Interval } from '../tiers/tiers.ts';
import { ROOT } from './read-eaf.ts';

const SCHEMA =
  'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="http://www.mpi.nl/tools/elan/EAFv3.0.xsd"';
/** The schema asks for a date; the transcript has none of its own, and the same transcript is the same file. */
const DATE = '1970-01-01T00:00:00Z';

export function writeEaf(transcript: Transcript): string {
  const slots: number[] = [];
  const ids = new Set<string>();
  let annotations = 0;
  const locale = transcript.language === null ? '' : ` DEFAULT_LOCALE="${escapeXml(transcript.language)}"`;

  const unused = (wanted: string): string => {
    let id = wanted;
    for (let n = 2; ids.has(id); n++) id = `${wanted} ${n}`;
    ids.add(id);
    return id;
  };
  const annotation = ({ startMs, endMs, text }: Interval): string => {
    slots.push(startMs, endMs);
    const [from, to] = [slots.length - 1, slots.length];
    return `<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a${++annotations}" TIME_SLOT_REF1="ts${from}" TIME_SLOT_REF2="ts${to}"><ANNOTATION_VALUE>${escapeXml(text)}</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>\n`;
  };
  const tier = (
    id: string,
    type: string,
    participant: string,
    parent: string,
    intervals: Interval[],
  ): string =>
    `<TIER TIER_ID="${escapeXml(id)}" LINGUISTIC_TYPE_REF="${type}" PARTICIPANT="${escapeXml(participant)}"${parent}${locale}>\n${intervals.map(annotation).join('')}</TIER>\n`;

  const tiers = toTiers(transcript).flatMap(({ speaker, utterances, words }) => {
    const name = speaker ?? '';
    const id = unused(speaker ?? NOBODYS);
    const own = tier(id, 'utterance', name, '', utterances);
    if (words.length === 0) return [own];
    return [own, tier(unused(`${name} - words`), 'word', name, ` PARENT_REF="${escapeXml(id)}"`, words)];
  });
  const order = slots.map((ms, i) => `<TIME_SLOT TIME_SLOT_ID="ts${i + 1}" TIME_VALUE="${ms}"/>\n`);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>\n',
    `<${ROOT} AUTHOR="" DATE="${DATE}" FORMAT="3.0" VERSION="3.0" ${SCHEMA}>\n`,
    '<HEADER MEDIA_FILE="" TIME_UNITS="milliseconds"/>\n',
    `<TIME_ORDER>\n${order.join('')}</TIME_ORDER>\n`,
    ...tiers,
    '<LINGUISTIC_TYPE GRAPHIC_REFERENCES="false" LINGUISTIC_TYPE_ID="utterance" TIME_ALIGNABLE="true"/>\n',
    '<LINGUISTIC_TYPE CONSTRAINTS="Included_In" GRAPHIC_REFERENCES="false" LINGUISTIC_TYPE_ID="word" TIME_ALIGNABLE="true"/>\n',
    locale === '' ? '' : `<LOCALE LANGUAGE_CODE="${escapeXml(transcript.language ?? '')}"/>\n`,
    '<CONSTRAINT DESCRIPTION="Time alignable annotations within the parent annotation\'s time interval, gaps are allowed" STEREOTYPE="Included_In"/>\n',
    `</${ROOT}>\n`,
  ].join('');
}
