/** How a phone rings; several can be named. */
export const RING_WAYS = ['sound', 'title', 'notification'] as const;
export type RingWay = (typeof RING_WAYS)[number];

const waysIn = (text: string): readonly RingWay[] =>
  RING_WAYS.filter((way) => text.split(/\s+/).includes(way));

/** Two short tones, then a pause: seconds. */
const TONE = { length: 0.4, gap: 0.2, pause: 2 };
const PITCHES = [440, 480];
const LOUDNESS = 0.12;

/** Rings while a call waits: by sound, in the title of the page, and by the system where the page cannot be seen. */
export class Ringer {
  #audio: AudioContext | undefined;
  #round: ReturnType<typeof setInterval> | undefined;
  #title: string | undefined;
  #notification: Notification | undefined;

  get isRinging(): boolean {
    return this.#round !== undefined;
  }

  /** Whether the browser keeps the sound back until the agent does something on the page. */
  get isMuted(): boolean {
    return this.isRinging && this.#audio?.state === 'suspended';
  }

  /**
   * @param given the ways, separated by spaces.
   * @param text what is told in the title and by the system: nothing personal, both can be seen by others.
   */
  start(given: string, text: string): void {
    if (this.isRinging) return;
    const ways = waysIn(given);
    if (ways.includes('sound')) this.#audio = makeAudio();
    if (ways.includes('title')) this.#takeTitle(text);
    if (ways.includes('notification') && document.hidden) this.#notify(text);
    this.#ring();
    this.#round = setInterval(
      () => {
        this.#ring();
      },
      (2 * TONE.length + TONE.gap + TONE.pause) * 1000,
    );
  }

  /** Lets the sound through; from a click. */
  unmute(): void {
    void this.#audio?.resume();
  }

  stop(): void {
    clearInterval(this.#round);
    this.#round = undefined;
    void this.#audio?.close();
    this.#audio = undefined;
    this.#notification?.close();
    this.#notification = undefined;
    if (this.#title !== undefined) document.title = this.#title;
    this.#title = undefined;
  }

  #ring(): void {
    if (this.#audio?.state !== 'running') return;
    const { currentTime } = this.#audio;
    for (const start of [currentTime, currentTime + TONE.length + TONE.gap]) tone(this.#audio, start);
  }

  #takeTitle(text: string): void {
    this.#title = document.title;
    document.title = `☎ ${text}`;
  }

  /** Where the agent has allowed it; asking belongs to a click, not to a ring. */
  #notify(text: string): void {
    if (!('Notification' in globalThis) || Notification.permission !== 'granted') return;
    try {
      this.#notification = new Notification(text, { tag: 'jioassist-call', requireInteraction: true });
      this.#notification.onclick = () => {
        window.focus();
      };
    } catch {
      // On a phone only a service worker may notify.
    }
  }
}

function makeAudio(): AudioContext | undefined {
  try {
    return new AudioContext();
  } catch {
    return undefined;
  }
}

function tone(audio: AudioContext, start: number): void {
  const volume = audio.createGain();
  volume.gain.setValueAtTime(0, start);
  volume.gain.linearRampToValueAtTime(LOUDNESS, start + 0.02);
  volume.gain.setValueAtTime(LOUDNESS, start + TONE.length - 0.02);
  volume.gain.linearRampToValueAtTime(0, start + TONE.length);
  volume.connect(audio.destination);
  for (const pitch of PITCHES) {
    const oscillator = audio.createOscillator();
    oscillator.frequency.value = pitch;
    oscillator.connect(volume);
    oscillator.start(start);
    oscillator.stop(start + TONE.length);
  }
}
