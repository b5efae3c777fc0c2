// What several specs of the editor do: others who write meanwhile, and a network that is gone.
import { article, row } from './people.mjs'

export const field = (page, text) => row(page, text).locator('textarea')

// As the scripts of the page ask, with its session. {status, etag, body}
export const ask = (page, method, path, body, match) =>
  page.evaluate(
    async ([method, path, body, match]) => {
      const { csrf } = JSON.parse(document.getElementById('config').textContent)
      const headers = { 'X-CSRF-Token': csrf, 'Content-Type': 'application/json', ...(match && { 'If-Match': match }) }
      const response = await fetch(path, { method, headers, cache: 'no-store', body: body && JSON.stringify(body) })
      return { status: response.status, etag: response.headers.get('ETag'), body: await response.json() }
    },
    [method, path, body, match],
  )

export const api = (locale, key = article.split('/').at(-1)) => `/api/v1/articles/${key}/translations/${locale}`

// A change over whatever is there now.
export async function change(page, path, changes) {
  const { etag } = await ask(page, 'GET', path)
  return ask(page, 'PATCH', path, changes, etag)
}

export async function replaceInSource(page, from, to) {
  const { body } = await ask(page, 'GET', api('nb'))
  return change(page, api('nb'), { body: body.body.replace(from, to) })
}

// The segment of an open row as the server has it.
export async function segmentOf(page, text) {
  const id = await row(page, text).getAttribute('data-id')
  const path = await page.evaluate(() => JSON.parse(document.getElementById('config').textContent).api)
  const { body } = await ask(page, 'GET', path + '/segments')
  return body.items.find((one) => one.id === id)
}

// Types what nobody can save, and goes away.
export async function typeAndLeave(page, place, text) {
  await page.evaluate(() => (globalThis.fetch = () => Promise.reject(new TypeError('no network'))))
  await place.fill(text)
  await page.goto('about:blank')
}

export const drafts = (page) => page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('stele:draft')))
