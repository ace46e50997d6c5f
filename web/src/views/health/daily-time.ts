/** `minute hour * * *`. */
const DAILY = /^(\d{1,2}) (\d{1,2}) \* \* \*$/

/** When a schedule in UTC that is for once a day comes on the day of `now`; null: it is another one. */
export function dailyTime(cron: string, now: number): number | null {
  const [, minute, hour] = DAILY.exec(cron) ?? []
  return minute === undefined || hour === undefined
    ? null
    : new Date(now).setUTCHours(Number(hour), Number(minute), 0, 0)
}
