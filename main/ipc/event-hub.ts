/** Events for the windows, whichever shell shows them. */
import type { EventName, EventPayload } from '#contract/methods/events.ts';
import type { AttuneEvent, EventSource } from './handlers.ts';

export class EventHub implements EventSource {
  private readonly listeners = new Set<(event: AttuneEvent) => void>();

  tell<E extends EventName>(name: E, payload: EventPayload<E>): void {
    for (const listener of this.listeners) listener({ name, payload } as AttuneEvent);
  }

  onEvent(listener: (event: AttuneEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}
