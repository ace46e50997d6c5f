/** Hearing what PostgreSQL tells. A notice is lost while reconnecting, and a line that died silently brings none: look by yourself as well. */
import pg from 'pg'

export interface NoticeListener {
  /** Connects, unless that is so already. A database that is away is no error: call it again. */
  ensure(): Promise<void>
  close(): Promise<void>
}

/** On a connection of its own beside those of `pool`. */
export function listenTo(
  pool: Pick<pg.Pool, 'options'>,
  channel: string,
  onNotice: () => void,
): NoticeListener {
  let listener: pg.Client | null = null
  let isClosed = false
  let isConnecting = false
  return {
    async ensure() {
      if (listener || isClosed || isConnecting) return
      isConnecting = true
      const client = new pg.Client(pool.options)
      const forget = (): void => {
        if (listener === client) listener = null
        client.end().catch(() => {})
      }
      client.on('error', forget)
      client.on('end', () => {
        if (listener === client) listener = null
      })
      client.on('notification', onNotice)
      try {
        await client.connect()
        await client.query(`LISTEN ${channel}`)
        if (isClosed) forget()
        else listener = client
      } catch {
        forget()
      } finally {
        isConnecting = false
      }
    },
    async close() {
      isClosed = true
      await listener?.end().catch(() => {})
    },
  }
}
