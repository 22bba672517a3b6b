/** Messages as Slack and Discord export them: what the program itself says is none, and marks in the words become what people see. */

type Fields = Record<string, unknown>;

export const fieldsOf = (value: unknown): Fields | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null;

export const isSlack = ({ ts, type }: Fields): boolean =>
  type === 'message' && typeof ts === 'string' && /^\d{9,10}\.\d{6}$/.test(ts);

/** Joins, topics, pinned messages. */
const SLACK_SAYS =
  /^(?:channel|group|bot|im|mpim)_(?!message$)|^(?:pinned|unpinned)_item$|^(?:reminder_add|tombstone|huddle_thread)$/;
/** Discord's other types, such as joins and calls, hold what the program says. */
const DISCORD_SAID =
  /^(?:Default|Reply|ThreadStarterMessage|ChatInputCommand|ContextMenuCommand|0|19|20|21|23)$/;

/** Said by the program in a chat, not by a person. */
export function isNoMessage(record: Fields): boolean {
  if (isSlack(record)) return typeof record['subtype'] === 'string' && SLACK_SAYS.test(record['subtype']);
  const { type, content, author, timestamp } = record;
  const isDiscord = typeof content === 'string' && fieldsOf(author) !== null && timestamp !== undefined;
  return isDiscord && typeof type === 'string' && !DISCORD_SAID.test(type);
}

/** Who is who among Slack's ids: told by messages of their own. */
export class SlackNames {
  private readonly names = new Map<string, string>();

  learn(value: unknown): void {
    const record = fieldsOf(value);
    if (record === null || !isSlack(record)) return;
    const { user, user_profile } = record;
    const profile = fieldsOf(user_profile);
    const name = [profile?.['real_name'], profile?.['display_name'], profile?.['name']].find(
      (one) => typeof one === 'string' && one !== '',
    );
    if (typeof user === 'string' && typeof name === 'string') this.names.set(user, name);
  }

  /** A message of Slack's with its author's name and its words as Slack shows them; anything else as it is. */
  readable(value: unknown): unknown {
    const record = fieldsOf(value);
    if (record === null || !isSlack(record)) return value;
    this.learn(record);
    const { user, text } = record;
    return {
      ...record,
      ...(typeof user === 'string' && { user: this.names.get(user) ?? user }),
      ...(typeof text === 'string' && { text: this.shown(text) }),
    };
  }

  private shown(text: string): string {
    return text
      .replaceAll(
        /<([@#!]?)([^<>|]+)(?:\|([^<>]*))?>/g,
        (_, kind: string, target: string, label?: string) => {
          if (kind === '@') return `@${this.names.get(target) ?? label ?? 'user'}`;
          if (kind === '#') return `#${label ?? 'channel'}`;
          if (kind === '!') return label ?? `@${target}`;
          return label ?? target;
        },
      )
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&amp;', '&');
  }
}
