const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** India has one time zone and no summer time. */
const IST_OFFSET = 5.5 * HOUR;
const EVENING_PEAK = 21;
const MORNING_PEAK = 10.5;

export const istDay = (time: number): number => Math.floor((time + IST_OFFSET) / DAY);

/** Hours since midnight in India. */
export const istHour = (time: number): number => ((((time + IST_OFFSET) % DAY) + DAY) % DAY) / HOUR;

const isWeekend = (time: number): boolean => {
  const weekday = (istDay(time) + 4) % 7;
  return weekday === 0 || weekday === 6;
};

/**
 * How busy the network is, from 0 (asleep) to about 1 (the evening peak). Weekends have a weaker morning and a busier
 * afternoon than working days.
 */
export function networkLoad(time: number): number {
  const hour = istHour(time);
  const weekend = isWeekend(time);
  const morning = bump(hour, MORNING_PEAK, 2) * (weekend ? 0.25 : 0.4);
  const afternoon = bump(hour, 15, 3) * (weekend ? 0.45 : 0.3);
  const evening = bump(hour, EVENING_PEAK, 2) * (weekend ? 0.85 : 0.8);
  return Math.min(1, 0.1 + morning + afternoon + evening);
}

/** A bell on the circle of 24 hours. */
function bump(hour: number, centre: number, width: number): number {
  const distance = Math.abs(hour - centre);
  const wrapped = Math.min(distance, 24 - distance);
  return Math.exp(-((wrapped / width) ** 2) / 2);
}
