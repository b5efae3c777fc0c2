// What the server has of this text now, and who wrote it.
import { ask } from './api.mjs'
import { config } from './page.mjs'

// The text and its segments, of one version.
export async function bothAtOnce() {
  for (let i = 0; ; ++i) {
    const text = await ask('GET', config.api)
    const segments = await ask('GET', config.api + '/segments')
    if (text.etag === segments.etag || i === 2) return { text, segments }
  }
}

// Who else wrote last, where an answer does not say who wrote this.
export async function lastWriter() {
  const { body } = await ask('GET', config.api + '/revisions?limit=10')
  return body.items.find((one) => one.actor !== config.account) ?? body.items[0]
}
