// Formats times of day and durations. A number and its unit stay on one line.

const SECONDS = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' };
const toTheSecond = new Intl.DateTimeFormat('en', SECONDS);
const toTheMillisecond = new Intl.DateTimeFormat('en', { ...SECONDS, fractionalSecondDigits: 3 });

export const timeOfDay = (ms) => toTheSecond.format(ms);
export const preciseTimeOfDay = (ms) => toTheMillisecond.format(ms);

export function duration(ms) {
  const seconds = Math.max(0, Math.round(ms / 1_000));
  if (seconds < 60) return `${seconds}\u00a0s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}\u00a0min ${seconds % 60}\u00a0s`;
  return `${Math.floor(minutes / 60)}\u00a0h ${minutes % 60}\u00a0min`;
}
