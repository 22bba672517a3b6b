/** Numbers, dates and durations by Intl, one formatter a language and shape. */
export type Language = 'en' | 'zh';
const TAG: Record<Language, string> = { en: 'en-GB', zh: 'zh-CN' };

const UTC_SHAPES = {
  minute: { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' },
  clock: { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' },
  date: { day: 'numeric', month: 'short', year: 'numeric' },
  day: { day: 'numeric', month: 'short' },
  month: { month: 'short', year: 'numeric' },
  year: { year: 'numeric' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

export class Format {
  readonly #percent: Intl.NumberFormat;
  readonly #whole: Intl.NumberFormat;
  readonly #short: Intl.NumberFormat;
  readonly #two: Intl.NumberFormat;
  readonly #signed: Intl.NumberFormat;
  readonly #date: Intl.DateTimeFormat;
  readonly #plural: Intl.PluralRules;
  readonly #list: Intl.ListFormat;
  readonly #languages: Intl.DisplayNames;
  readonly #utc = new Map<string, Intl.DateTimeFormat>();
  readonly #tag: string;

  constructor(language: Language) {
    const tag = TAG[language];
    this.#tag = tag;
    this.#percent = new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 0 });
    this.#whole = new Intl.NumberFormat(tag, { maximumFractionDigits: 0 });
    // What rounds to nothing has no sign: "-0.00" would claim a direction.
    this.#short = new Intl.NumberFormat(tag, { maximumFractionDigits: 2, signDisplay: 'negative' });
    this.#two = new Intl.NumberFormat(tag, {
      minimumFractionDigits: 2,
      maximumFractionDigits: 2,
      signDisplay: 'negative',
    });
    this.#signed = new Intl.NumberFormat(tag, {
      minimumFractionDigits: 2,
      maximumFractionDigits: 2,
      signDisplay: 'exceptZero',
    });
    this.#date = new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeStyle: 'short' });
    this.#plural = new Intl.PluralRules(tag);
    this.#languages = new Intl.DisplayNames(tag, { type: 'language' });
    this.#list = new Intl.ListFormat(tag, { type: 'conjunction' });
  }

  /** 0.714 -> "71%". Never "100%" for what is not certain, nor "0%" for what is not impossible: ">99%", "<1%". */
  percent(share: number): string {
    if (share > 0 && share < 0.005) return `<${this.#percent.format(0.01)}`;
    if (share < 1 && share >= 0.995) return `>${this.#percent.format(0.99)}`;
    return this.#percent.format(share);
  }
  whole = (n: number): string => this.#whole.format(n);
  /** "5", "0.5". */
  short = (n: number): string => this.#short.format(n);
  two = (n: number): string => this.#two.format(n);
  signed = (n: number): string => this.#signed.format(n);
  /** "a, b and c". */
  list = (items: readonly string[]): string => this.#list.format(items);
  date = (iso: string): string => this.#date.format(new Date(iso));
  /** A time without a zone, as it was written. */
  utc(ms: number, shape: keyof typeof UTC_SHAPES): string {
    let format = this.#utc.get(shape);
    if (format === undefined) {
      format = new Intl.DateTimeFormat(this.#tag, { ...UTC_SHAPES[shape], timeZone: 'UTC' });
      this.#utc.set(shape, format);
    }
    return format.format(ms);
  }
  plural(n: number, forms: { one?: string; other: string }): string {
    const form = this.#plural.select(n) === 'one' && forms.one !== undefined ? forms.one : forms.other;
    return form.replace('#', this.#whole.format(n));
  }
  #unit(n: number, unit: string, display: 'long' | 'short' | 'narrow'): string {
    // British short units take a plural s ("12 mins"); the general English ones don't.
    return new Intl.NumberFormat(this.#tag.startsWith('en') ? 'en' : this.#tag, {
      style: 'unit',
      unit,
      unitDisplay: display,
      maximumFractionDigits: 0,
    }).format(n);
  }
  /** How long something is: as `duration`, with its seconds where they matter: "1 min 24 sec". Whole ones, as the player counts. */
  length(ms: number): string {
    const seconds = Math.floor(ms / 1000);
    if (seconds < 60 || seconds >= 600) return this.duration(ms);
    const rest = seconds % 60;
    const minutes = this.#unit(Math.floor(seconds / 60), 'minute', 'short');
    return rest === 0 ? minutes : `${minutes} ${this.#unit(rest, 'second', 'short')}`;
  }
  /** To one unit below an hour: "50 min", "1 hr 4 min", "42 sec". */
  duration(ms: number): string {
    const seconds = Math.floor(ms / 1000);
    if (seconds < 60) return this.#unit(seconds, 'second', 'short');
    const minutes = Math.floor(seconds / 60);
    if (minutes < 60) return this.#unit(minutes, 'minute', 'short');
    const rest = minutes % 60;
    const hours = this.#unit(Math.floor(minutes / 60), 'hour', 'short');
    return rest === 0 ? hours : `${hours} ${this.#unit(rest, 'minute', 'short')}`;
  }
  /** The name of a language, by its BCP 47 tag. */
  language = (tag: string): string => this.#languages.of(tag) ?? tag;
  bytes(n: number): string {
    const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;
    const power = n < 1000 ? 0 : Math.min(3, Math.floor(Math.log10(n) / 3));
    return this.#unit(n / 1000 ** power, units[power]!, 'short');
  }
}
