/** The state of the window: what is open, what runs, where the person is. One a page, reached through the context. */
import { createContext } from 'svelte';
import type { AnalysisSettings } from '#contract/analysis/settings.ts';
import { toErrorData, type ErrorData } from '#contract/errors.ts';
import type { AttuneApi } from '#contract/methods/api.ts';
import type { EventPayload } from '#contract/methods/events.ts';
import type { MethodOutput, ViewState } from '#contract/methods/table.ts';
import type { Settings } from '#contract/system/settings.ts';
import type { WorkspaceKey, WorkspaceStatus } from '#contract/workspace/status.ts';
import { i18n } from '../i18n/index.svelte.ts';
import type { Connection } from '../api/index.ts';
import { Commands, handsFull } from '../keys/commands.ts';
import { throttled } from '../throttle.ts';
import { Jobs } from './jobs.svelte.ts';
import { LibraryState } from './library.svelte.ts';
import { SessionState } from './session.svelte.ts';
import { theme } from './theme.svelte.ts';
import { Toasts } from './toasts.svelte.ts';

export const PANELS = ['library', 'session', 'system', 'settings'] as const;
export type Panel = (typeof PANELS)[number];
const isPanel = (name: string): name is Panel => (PANELS as readonly string[]).includes(name);

const REMEMBER_EVERY_MS = 1000;

export class Workstation {
  readonly api: AttuneApi;
  readonly toasts = new Toasts();
  readonly jobs = new Jobs();
  readonly commands = new Commands();
  readonly library: LibraryState;
  connection: Connection = $state('connected');
  info: MethodOutput<'app.info'> | null = $state.raw(null);
  settings: Settings | null = $state.raw(null);
  workspace: WorkspaceStatus | null = $state.raw(null);
  startError: ErrorData | null = $state.raw(null);
  panel: Panel = $state('library');
  session: SessionState | null = $state.raw(null);
  keysShown = $state(false);
  /** The recording that the person is about to analyse again; null as its recording: the session's first one. */
  asking: { sessionId: string; recordingId: string | null } | null = $state.raw(null);
  /** When the person last chose what to look at, in milliseconds since 1970. */
  #wentAt = 0;
  /** True once the place to come back to has been read; before that nothing is remembered over it. */
  #settled = false;
  readonly #remember = throttled((view: ViewState) => {
    // Coming back is a comfort: when it can't be stored, the next second tries again.
    this.api.call('app.rememberView', view).catch(() => {});
  }, REMEMBER_EVERY_MS);

  constructor(open: (onConnection: (connection: Connection) => void) => AttuneApi) {
    this.api = open((connection) => this.#connectionChanged(connection));
    this.library = new LibraryState(this.api, this.toasts);
    this.api.on('jobs.changed', (job) => {
      if (!this.jobs.update(job)) return;
      // It changes nothing that is stored, and its answer goes to who asked.
      if (job.kind === 'explanation' || job.kind === 'speakers') return;
      if (job.state === 'failed' && job.error) this.toasts.error(job.error, this.library.titleOf(job));
      // Who looks at the session sees its result appear.
      const watched = this.panel === 'session' && this.session?.id === job.sessionId;
      if (job.state === 'succeeded' && job.kind === 'analysis' && !watched)
        this.toasts.info(i18n.m.jobs.analysed(this.library.titleOf(job)));
      if (job.state === 'succeeded' && job.kind === 'model')
        this.toasts.info(i18n.m.recognisers.brought(job.title));
      if (job.state === 'cancelled')
        this.toasts.info(
          job.heldBytes === null
            ? i18n.m.jobs.cancelled(job.kind)
            : i18n.m.recognisers.stop.kept(job.heldBytes),
        );
      if (job.sessionId !== null && job.sessionId === this.session?.id) void this.session.load();
      void this.library.refresh();
    });
    this.api.on('transcript.changed', ({ recordingId, state }) =>
      this.session?.edits.told(recordingId, state.revision),
    );
    this.api.on('analysis.reread', (reread) => {
      this.session?.reread(reread);
      if (reread.error && reread.recordingId === this.session?.recordingId) this.toasts.error(reread.error);
    });
    this.api.on('library.changed', () => void this.library.refresh());
    this.api.on('settings.changed', (settings) => this.#useSettings(settings));
    this.api.on('workspace.changed', (status) => void this.#useWorkspace(status));
    this.api.on('texts.looked', (preview) => this.library.offer(preview));
    this.api.on('app.show', (shown) => void this.#showArrived(shown));
  }

  async start(): Promise<void> {
    this.startError = null;
    try {
      const [info, settings, workspace] = await Promise.all([
        this.api.call('app.info', {}),
        this.api.call('app.settings', {}),
        this.api.call('workspace.status', {}),
      ]);
      this.info = info;
      this.#useSettings(settings);
      await this.#useWorkspace(workspace);
    } catch (thrown) {
      this.startError = toErrorData(thrown);
    }
  }

  async createWorkspace(key: WorkspaceKey): Promise<void> {
    await this.#useWorkspace(await this.api.call('workspace.create', { key }));
  }

  async openWorkspace(key: WorkspaceKey): Promise<void> {
    await this.#useWorkspace(await this.api.call('workspace.open', { key }));
  }

  async lock(): Promise<void> {
    await this.toasts.attempt(() => this.session?.edits.flush() ?? Promise.resolve());
    const status = await this.toasts.attempt(() => this.api.call('workspace.lock', {}));
    if (status) await this.#useWorkspace(status);
  }

  async changeSettings(patch: Partial<Settings>): Promise<void> {
    const settings = await this.toasts.attempt(() => this.api.call('app.updateSettings', patch));
    if (settings) this.#useSettings(settings);
  }

  show(panel: Panel): void {
    this.#wentAt = Date.now();
    this.panel = panel;
    this.rememberView();
  }

  openSession(sessionId: string): void {
    this.#open(sessionId, 0);
    this.show('session');
  }

  #open(sessionId: string, timeMs: number): void {
    this.toasts.withdraw(sessionId);
    if (this.session?.id === sessionId) return;
    this.session?.edits.close();
    this.session = new SessionState(sessionId, this.api, () => this.rememberView());
    this.session.timeMs = timeMs;
    void this.session.load();
  }

  /** Nobody's view is taken away: who went elsewhere since they asked for it, or types, is told and can open it. */
  async #showArrived({ sessionId, askedAt }: EventPayload<'app.show'>): Promise<void> {
    if (this.#wentAt < Date.parse(askedAt) && !handsFull()) {
      this.openSession(sessionId);
      return;
    }
    const detail = await this.toasts.attempt(() => this.api.call('library.session', { sessionId }));
    if (!detail || this.session?.id === sessionId) return;
    const { library } = i18n.m;
    const { title } = detail.session;
    this.toasts.offer(library.arrived(title), {
      ...{ id: sessionId, label: library.open(title), text: library.openNow },
      run: () => this.openSession(sessionId),
    });
  }

  askAnalysis(sessionId: string, recordingId: string | null = null): void {
    this.asking = { sessionId, recordingId };
  }

  /** True once it is queued. */
  async analyse(
    sessionId: string,
    recordingId: string,
    settings: Partial<AnalysisSettings>,
  ): Promise<boolean> {
    const started = await this.toasts.attempt(() =>
      this.api.call('analysis.start', { recordingId, settings }),
    );
    if (started && this.session?.id === sessionId) await this.session.load();
    return started !== undefined;
  }

  closeSession(): void {
    this.session?.edits.close();
    this.session = null;
    this.show('library');
  }

  rememberView(): void {
    if (!this.#settled) return;
    const timeMs = Math.max(0, Math.round(this.session?.timeMs ?? 0));
    this.#remember({ panel: this.panel, sessionId: this.session?.id ?? null, timeMs });
  }

  #useSettings(settings: Settings): void {
    this.settings = settings;
    theme.setting = settings.theme;
    i18n.language = settings.language;
  }

  async #useWorkspace(status: WorkspaceStatus): Promise<void> {
    const wasOpen = this.workspace?.state === 'open';
    const opened = status.state === 'open' && !wasOpen;
    this.workspace = status;
    if (status.state !== 'open') {
      // Messages may name sessions; a locked window says nothing about them.
      if (wasOpen) this.toasts.clear();
      this.session = null;
      this.asking = null;
      this.library.bringing = [];
      this.#settled = false;
      this.jobs.clear();
    } else if (opened) await this.#comeBack();
  }

  /** Everything that an open workspace shows, and the place where the window last was. */
  async #comeBack(): Promise<void> {
    await this.#refresh();
    const view = await this.toasts.attempt(() => this.api.call('app.view', {}));
    if (view && this.session === null) {
      const known = this.library.sessions.find(({ id }) => id === view.sessionId);
      if (known) this.#open(known.id, view.timeMs);
      if (isPanel(view.panel) && (view.panel !== 'session' || known)) this.panel = view.panel;
    }
    this.#settled = true;
    // A session that was shown meanwhile is a place to come back to as well.
    this.rememberView();
  }

  async #refresh(): Promise<void> {
    const jobs = async () => (await this.toasts.attempt(() => this.api.call('jobs.list', {})))?.jobs;
    await Promise.all([this.jobs.refresh(jobs), this.library.refresh()]);
  }

  #connectionChanged(connection: Connection): void {
    const back = connection === 'connected' && this.connection === 'lost';
    this.connection = connection;
    if (!back) return;
    if (this.workspace?.state !== 'open') void this.start();
    else {
      void this.#refresh();
      void this.session?.load();
    }
  }
}

export const [getWorkstation, setWorkstation] = createContext<Workstation>();
