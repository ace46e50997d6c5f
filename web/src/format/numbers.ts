/** Numbers as the reader writes them. */
const whole = new Intl.NumberFormat(undefined, { maximumFractionDigits: 0 })
const signed = new Intl.NumberFormat(undefined, { maximumFractionDigits: 0, signDisplay: 'exceptZero' })
const signedTenths = new Intl.NumberFormat(undefined, {
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
  signDisplay: 'exceptZero',
})
const tenths = new Intl.NumberFormat(undefined, { minimumFractionDigits: 1, maximumFractionDigits: 1 })
const atMostTenths = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 })
/** The last digit that is shown. */
const LEAST_SHARE = 0.001
const percent = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 1 })
const percentTenths = new Intl.NumberFormat(undefined, {
  style: 'percent',
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
})

const upToTenths = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 })

export const wholeText = (value: number): string => whole.format(value)

/** A count that may be an estimate: tenths where they say something, 3.4, but 340. */
export const countText = (value: number): string => (Math.abs(value) < 100 ? upToTenths : whole).format(value)

export const changeText = (value: number): string => signed.format(value)

/** Points that others add up to. */
export const tenthsText = (value: number): string => tenths.format(value)

/** Points of a reason: they add up, so their tenths are shown. */
export const pointsText = (value: number): string => signedTenths.format(value)

/** To tenths; what is not quite nothing or all is not told as such. */
export const percentText = (share: number): string => shareText(share, percent)

/** As `percentText`, for columns: with its tenth even where that is 0, so that figures stand under one another. */
export const percentFigureText = (share: number): string => shareText(share, percentTenths)

function shareText(share: number, format: Intl.NumberFormat): string {
  if (share > 0 && share < LEAST_SHARE / 2) return `<${format.format(LEAST_SHARE)}`
  if (share < 1 && share > 1 - LEAST_SHARE / 2) return `>${format.format(1 - LEAST_SHARE)}`
  return format.format(share)
}

/** `2.4 times`. */
export const timesText = (ratio: number): string =>
  `${ratio < 10 ? atMostTenths.format(ratio) : whole.format(ratio)} times`

/** Without cents. `currency` is what the deals say, which may be no code that there is. */
export function moneyText(amount: number, currency: string): string {
  try {
    return new Intl.NumberFormat(undefined, { style: 'currency', currency, maximumFractionDigits: 0 }).format(
      amount,
    )
  } catch {
    return `${wholeText(amount)} ${currency}`
  }
}

const figure = new Intl.NumberFormat(undefined, { minimumFractionDigits: 3, maximumFractionDigits: 3 })

/** A figure of quality, such as an AUC: to three decimals. */
export const figureText = (value: number): string => figure.format(value)

const short = new Intl.NumberFormat(undefined, { maximumSignificantDigits: 2 })

/** A size that is known roughly. */
export const roughText = (value: number): string => short.format(value)
