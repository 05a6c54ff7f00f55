// Formats times of day and durations.

const SECONDS = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' };
const toTheSecond = new Intl.DateTimeFormat('en', SECONDS);
const toTheMillisecond = new Intl.DateTimeFormat('en', { ...SECONDS, fractionalSecondDigits: 3 });

export const timeOfDay = (ms) => toTheSecond.format(ms);
export const preciseTimeOfDay = (ms) => toTheMillisecond.format(ms);

export function duration(ms) {
  const seconds = Math.max(0, Math.round(ms / 1_000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
