/** A client of server-sent events over fetch, by the rules of WHATWG HTML, section 9.2.6. */
interface StreamEvent {
  readonly id: string
  readonly type: string
  readonly data: string
}

export interface EventStream {
  readonly events: StreamEvent[]
  /** The last id that came, with an event or alone. */
  readonly lastId: () => string
  readonly status: number
  readonly contentType: string | null
  /** Resolves when the server ends the stream, or the line breaks. */
  readonly ended: Promise<'ended' | 'broken'>
  close(): void
}

export async function openEventStream(
  url: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<EventStream> {
  const closing = new AbortController()
  const answer = await fetch(url, { headers, signal: closing.signal })
  const events: StreamEvent[] = []
  let lastId = ''
  const ended = (async (): Promise<'ended' | 'broken'> => {
    let text = ''
    try {
      for await (const chunk of answer.body!.pipeThrough(new TextDecoderStream())) {
        text += chunk
        const blocks = text.split('\n\n')
        text = blocks.pop() ?? ''
        for (const block of blocks) read(block)
      }
      return 'ended'
    } catch {
      return 'broken'
    }
  })()

  function read(block: string): void {
    let type = 'message'
    const data: string[] = []
    for (const line of block.split('\n')) {
      const [, field = '', value = ''] = /^([^:]*):? ?(.*)$/.exec(line) ?? []
      if (field === 'id') lastId = value
      else if (field === 'event') type = value
      else if (field === 'data') data.push(value)
    }
    if (data.length > 0) events.push({ id: lastId, type, data: data.join('\n') })
  }

  return {
    events,
    lastId: () => lastId,
    status: answer.status,
    contentType: answer.headers.get('content-type'),
    ended,
    close: () => closing.abort(),
  }
}
