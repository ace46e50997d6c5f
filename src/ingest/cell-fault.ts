/** Why a cell cannot be used. The reason follows the name of the column: "created_at: has no time zone". */
export class CellFault {
  readonly reason: string
  constructor(reason: string) {
    this.reason = reason
  }
}

/** A given text as it stands in a reason: in quotes, in one line, not too long. */
export function shownText(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}...` : text)
}
