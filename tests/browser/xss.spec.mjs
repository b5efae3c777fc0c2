// Nothing that people write comes to life: every place where text reaches HTML, in the pages of the real binary, parsed
// by a browser with the pages' own policy switched off, so that the escaping alone is tested; then with the policy on.
//
// A sample of the vectors goes through the rarer places; STELE_XSS=all takes all of them everywhere.
import assert from 'node:assert/strict'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { signIn } from './studio.mjs'
import { inspect, watch } from './xss_inspect.mjs'
import { allVectors, countByKind, sample } from './xss_vectors.mjs'

const here = dirname(fileURLToPath(import.meta.url))
export const environment = {
  STELE_OVERRIDES: join(here, 'overrides'),
  STELE_SITE_NAME: '"><img src=x onerror=__xss=1><script>__xss=1</script>',
}
const everything = process.env.STELE_XSS === 'all'
export const testTime = everything ? 900_000 : 120_000 // milliseconds

const all = allVectors()
const some = (every) => (everything ? all : sample(all, every))
// The API refuses control characters, in a body all but tabs and line ends.
const isRefused = ({ text }) => /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(text)
const accepted = (vectors) => vectors.filter((v) => !isRefused(v))
const oneLine = (vectors) => vectors.filter(({ text }) => !/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(text))

const tally = {}
const count = (place, vectors) => (tally[place] = (tally[place] ?? 0) + vectors.length)
const total = (counts) => Object.values(counts).reduce((a, b) => a + b, 0)

function chunks(items, size) {
  const parts = []
  for (let i = 0; i < items.length; i += size) parts.push(items.slice(i, i + size))
  return parts
}

// --- Markdown: each vector in a list item of its own, so that nothing it opens outlives it. ---

const inItem = (text) => '- ' + text.replace(/\r\n?|\n/g, '\n  ') + '\n'
const flat = (text) => text.replace(/[\s\u0000]+/g, ' ').trim()
const escaped = (text) => flat(text).replace(/[!-/:-@[-`{-~]/g, '\\$&')

const placesInMarkdown = {
  'as it is': (v) => v,
  heading: (v) => '# ' + flat(v),
  'table cell': (v) => `| a |\n| - |\n| ${flat(v).replace(/\|/g, '\\|')} |`,
  quote: (v) => '> ' + v.replace(/\n/g, '\n> '),
  'link text': (v) => `[${flat(v)}](/to)`,
  'link title': (v) => `[words](/to "${flat(v)}")`,
  'link title, escaped': (v) => `[words](/to "${escaped(v)}")`,
  'link destination': (v) => `[words](<${flat(v)}>)`,
  'link destination, escaped': (v) => `[words](<${escaped(v)}>)`,
  'definition’s title': (v) => `[words][d]\n\n[d]: /to '${escaped(v)}'`,
  'image text': (v) => `![${flat(v)}](/to.png)`,
  'image title': (v) => `![words](/to.png "${escaped(v)}")`,
  'image destination': (v) => `![words](<${escaped(v)}>)`,
  'code span': (v) => '``` ' + flat(v) + ' ```',
  'info string': (v) => `~~~~~~ ${flat(v).replace(/~/g, '')}\nwords\n~~~~~~`,
  emphasis: (v) => `***${flat(v)}***`,
}
// Where all of the vector is text, whatever is in it: what the reader sees is the vector itself.
const textPlaces = {
  escaped: (v) => escaped(v),
  fenced: (v) => '~~~~~~~~~~\n' + flat(v) + '\n~~~~~~~~~~',
}

// Letters and digits as runs: what no mark of Markdown is made of.
const wordsOf = (text) => text.match(/[A-Za-z0-9]{2,}/g) ?? []

// In the page: what each item of the one list shows, its attributes too.
const items = () =>
  [...document.querySelectorAll('.body > ul > li')].map((item) => ({
    text: item.textContent,
    all: [item, ...item.querySelectorAll('*')].map((e) => [...e.attributes].map((a) => decodeURI(a.value.replace(/%(?![0-9A-F]{2})/g, '%25'))).join(' ')).join(' ') + ' ' + item.textContent,
  }))

// Entities that Markdown decodes are other letters than those that were typed; a comment and a destination that is
// refused are markup.
function missingWords(vector, shown) {
  const plain = vector.replace(/&[#\w]+;/g, ' ').replace(/<!--.*?-->/gs, ' ').replace(/%[0-9a-f]{2}/gi, ' ')
  return wordsOf(plain).filter((word) => !shown.includes(word))
}

// --- The site's API, as the person who is signed in. ---

class Site {
  static async open(t, options = {}) {
    const site = new Site()
    site.t = t
    site.page = await signIn(t, options)
    site.seen = await watch(site.page)
    await site.page.goto(`${t.url}/studio/new`)
    site.csrf = await site.page.inputValue('form[action="/studio/sign-out"] [name=csrf]')
    return site
  }

  async send(method, path, data, headers = {}) {
    return this.page.request.fetch(this.t.url + path, { method, data, headers: { 'X-CSRF-Token': this.csrf, ...headers } })
  }

  async form(path, fields) {
    return this.page.request.post(this.t.url + path, { form: { csrf: this.csrf, ...fields }, maxRedirects: 0 })
  }

  // Published; null where it was refused, which must be said, not a fault of the server.
  async add(article) {
    const made = await this.send('POST', '/api/v1/articles', { source_locale: 'en', ...article })
    if (made.status() !== 201) {
      assert.equal(made.status(), 422, await made.text())
      return null
    }
    const { key } = await made.json()
    const etag = made.headers()['etag']
    const published = await this.send('POST', `/api/v1/articles/${key}/translations/en/publish`, {}, { 'If-Match': etag })
    assert.equal(published.status(), 200, await published.text())
    return key
  }

  async visit(path, options) {
    const response = await this.page.goto(this.t.url + path)
    await inspect(this.page, this.seen, options)
    return response
  }
}

async function showMarkdown(site, place, write, vectors, exact) {
  let n = 0
  for (const part of chunks(vectors, 300)) {
    const key = `md-${Object.keys(tally).length}-${n++}`
    const body = part.map(({ text }) => inItem(write(text))).join('')
    assert.ok(await site.add({ key, type: 'page', translation: { title: place, slug: key, body } }), place)
    await site.visit(`/en/${key}`)
    const shown = await site.page.evaluate(items)
    assert.equal(shown.length, part.length, `${place}: one item for each vector`)
    part.forEach(({ text }, i) => {
      if (exact) assert.equal(flat(shown[i].text), flat(text.replace(/\u0000/g, ' ')), place)
    })
    if (place === 'as it is')
      part.forEach(({ text, kind }, i) => {
        if (kind !== 'element × event' && kind !== 'mutation') return
        assert.deepEqual(missingWords(text, shown[i].all), [], `${place}: ${text}\n${JSON.stringify(shown[i])}`)
      })
  }
  count(`Markdown: ${place}`, vectors)
}

// --- Pages that come as an answer to a form or a request, put into the browser as they are. ---

async function show(site, response, options = {}) {
  assert.notEqual(response.status(), 500, response.url())
  await site.page.setContent(await response.text())
  await inspect(site.page, site.seen, { prodding: false, ...options })
}

export const tests = {
  'no Markdown comes to life, and no word of it is lost': async (t) => {
    const site = await Site.open(t)
    const vectors = accepted(all)
    await showMarkdown(site, 'as it is', placesInMarkdown['as it is'], vectors)
    for (const [place, write] of Object.entries(textPlaces)) await showMarkdown(site, place, write, vectors, true)
    const refused = all.filter(isRefused)
    for (const { text } of sample(refused, 16))
      assert.equal(await site.add({ key: 'refused', type: 'page', translation: { title: 'x', body: text } }), null, text)
    count('Markdown: refused', refused)
  },

  'nor in any place of Markdown': async (t) => {
    const site = await Site.open(t)
    const vectors = accepted(some(12))
    for (const [place, write] of Object.entries(placesInMarkdown))
      if (place !== 'as it is') await showMarkdown(site, place, write, vectors)
  },

  'no field of any kind comes to life': async (t) => {
    const site = await Site.open(t)
    const vectors = oneLine(some(3))
    const people = vectors.map(({ text }, i) => ({ name: `${i} ${text}`, role: text, email: text, phone: `${i} ${text}` }))
    let n = 0
    for (const part of chunks(people.map((p, i) => [p, vectors[i].text]), 500)) {
      const key = `fields-${n++}`
      const texts = part.map(([, text]) => text)
      const few = texts.slice(n, n + 8).join(' ¦ ').slice(0, 900)
      const markdown = texts.slice(0, 60).map(inItem).join('')
      const fields = {
        shared_text: few, shared_markdown: markdown, shared_list: texts.slice(0, 100),
        people: part.map(([p]) => p), others: part.map(([p, text]) => ({ name: p.name, [`x${n}`]: text })),
      }
      const own = { own_text: few, own_markdown: markdown }
      const translation = { title: 'Fields', slug: key, summary: few, fields: own }
      assert.ok(await site.add({ key, type: 'every-kind', fields, translation }))
      await site.visit(`/en/${key}`)
      for (const [selector, wanted] of [['.people .name', part.map(([p]) => p.name)], ['.people .role', texts], ['.names li > bdi:first-child', part.map(([p]) => p.name)]]) {
        const shown = await site.page.locator(selector).allTextContents()
        assert.deepEqual(shown.map(flat).sort(), wanted.map(flat).sort(), selector)
      }
      const facts = flat(await site.page.locator('.facts').innerText())
      for (const text of texts.slice(0, 100)) assert.ok(facts.includes(flat(text)), `list: ${text}`)
      await site.visit(`/studio/articles/${key}/en`, { studio: true })
    }
    for (const place of ['rows: name', 'rows: role', 'rows: email', 'rows: phone', 'rows: any column']) count(`field: ${place}`, vectors)
  },

  'no title comes to life in pages, lists and the studio': async (t) => {
    const site = await Site.open(t)
    const vectors = oneLine(everything ? all : all.filter((v, i) => i % 20 === 0)).filter(({ text }) => text.length <= 300)
    const keys = []
    for (const [i, { text }] of vectors.entries()) {
      const key = `title-${i}`
      const translation = { title: text, slug: key, summary: text, body: `# ${flat(text)}` }
      const slug = await site.send('POST', '/api/v1/articles', { key: `s${i}`, source_locale: 'en', translation: { title: 'x', slug: text } })
      assert.equal(slug.status(), 422, `a slug: ${text}`)
      if (!(await site.add({ key, type: 'news', translation }))) continue
      keys.push([key, text])
      if (i % 8 && !everything) continue
      await site.visit(`/en/${key}`)
      assert.equal(flat(await site.page.locator('h1').textContent()), flat(text))
      assert.ok(flat(await site.page.title()).startsWith(flat(text)), text)
      await site.visit(`/studio/articles/${key}/nb`, { studio: true })
      await site.visit(`/studio/articles/${key}/en`, { studio: true })
      assert.equal(await site.page.inputValue('[name=title]'), text)
    }
    const related = { key: 'hub', type: 'hub', fields: { related: keys.slice(0, 100).map(([key]) => key) }, translation: { title: 'Hub', slug: 'hub' } }
    assert.ok(await site.add(related))
    await site.visit('/en/hub')
    const seen = new Set()
    for (const start of ['/en/?type=news', '/studio/worklist/nb']) {
      for (let next = start; next; ) {
        await site.visit(next, { studio: start.startsWith('/studio') })
        for (const text of await site.page.locator('h2 a, tbody th a').allTextContents()) seen.add(start + flat(text))
        const link = site.page.locator('a[rel=next]')
        next = (await link.count()) ? await link.getAttribute('href') : null
      }
      for (const [, text] of keys) assert.ok(seen.has(start + flat(text)), `${start}: ${text}`)
    }
    for (const place of ['page', 'list', 'related', 'worklist', 'studio', 'summary', 'heading’s id']) count(`title: ${place}`, keys)
  },

  'no address comes to life in what is said of it': async (t) => {
    const site = await Site.open(t)
    const vectors = oneLine(everything ? all : all.filter((v, i) => i % 80 === 0))
    const paths = [
      (v) => `/${v}`, (v) => `/en/${v}`, (v) => `/${v}/x`, (v) => `/en/?type=${v}&sort=${v}&after=${v}`, (v) => `/en/hub?x=${v}`,
      (v) => `/preview/${v}`, (v) => `/studio/sign-in/${v}`, (v) => `/studio/articles?q=${v}`, (v) => `/studio/articles/${v}`,
      (v) => `/studio/articles/${v}/${v}`, (v) => `/studio/worklist/${v}`, (v) => `/studio/worklist/nb?state=${v}&sort=${v}&after=${v}&${v}=1`,
    ]
    for (const { text } of vectors)
      for (const path of paths)
        await show(site, await site.page.request.get(site.t.url + path(encodeURIComponent(text))), { studio: path('').startsWith('/studio') })
    for (const path of paths) count(`address: ${path('…')}`, vectors)
  },

  'no form comes to life when it is shown again': async (t) => {
    const site = await Site.open(t)
    const studio = { studio: true }
    const vectors = oneLine(some(24)).filter(({ text }) => text.length <= 300)
    const parts = chunks(vectors, 60)
    for (const [n, part] of parts.entries()) {
      const lines = part.map(({ text }) => text)
      const typed = lines.map(escaped).join('\n\n')
      const refused = await site.form('/studio/new', { title: lines[0], key: lines[1], body: lines.join('\n\n'), source_locale: lines[2], type: lines[3] })
      await show(site, refused, studio)
      const key = `form-${n}`
      assert.ok(await site.add({ key, type: 'page', translation: { title: lines[0], slug: key, body: lines.map((_, i) => `Text ${i}`).join('\n\n') } }))
      // What a save would do, with its differences.
      await site.visit(`/studio/articles/${key}/en`, studio)
      const source = await site.page.evaluate(() => Object.fromEntries(new FormData(document.querySelector('form#source'))))
      await show(site, await site.form(`/studio/articles/${key}/en`, { ...source, body: typed, action: 'review' }), studio)
      const inserted = (await site.page.locator('ins').allTextContents()).join('')
      for (const line of lines) assert.ok(wordsOf(inserted).length > 0 && missingWords(escaped(line), inserted).length === 0, line)
      // A translation in both columns, its outdated segments with their differences, and a conflict.
      await site.visit(`/studio/articles/${key}/nb`, studio)
      const form = await site.page.evaluate(() => Object.fromEntries(new FormData(document.querySelector('form#editor'))))
      const segments = Object.keys(form).filter((name) => name.startsWith('s.'))
      const mine = { ...form, action: 'save' }
      segments.forEach((name, i) => (mine[name] = lines[i % lines.length]))
      await show(site, await site.form(`/studio/articles/${key}/nb`, { ...mine, slug: lines[0] }), studio)
      assert.equal((await site.form(`/studio/articles/${key}/nb`, { ...mine, 's.summary': '' })).status() < 500, true)
      await show(site, await site.form(`/studio/articles/${key}/nb`, Object.fromEntries(Object.entries(mine).map(([k, v]) => [k, k.startsWith('s.') ? `${v} x` : v]))), studio)
      await site.form(`/studio/articles/${key}/en`, { ...source, body: typed, action: 'save' })
      await site.visit(`/studio/articles/${key}/nb`, studio)
      await site.visit(`/studio/articles/${key}`, studio)
      await site.visit(`/studio/articles/${key}/nb/preview`)
      for (const name of segments) await show(site, await site.form(`/studio/articles/${key}/nb`, { [lines[0]]: lines[1], [name]: lines[2], 'was.x': lines[3] }), studio)
    }
    for (const place of ['new', 'review', 'segments', 'conflict', 'outdated', 'preview']) count(`form: ${place}`, vectors)
  },

  'the policy has nothing to stop': async (t) => {
    const site = await Site.open(t, { bypassCSP: false })
    for (const path of ['/en/md-0-0', '/en/md-0-1', '/en/fields-0', '/en/title-0', '/en/', `/en/${encodeURIComponent('<script>__xss=1</script>')}`]) await site.visit(path)
    for (const path of ['/studio/articles/md-0-0/en', '/studio/articles/md-0-0/nb', '/studio/worklist/nb', '/studio/articles/form-0/nb'])
      await site.visit(path, { studio: true })
    console.log(`vectors: ${all.length} (${Object.entries(countByKind(all)).map(([kind, n]) => `${kind} ${n}`).join(', ')})`)
    console.log(`vectors × places: ${total(tally)}\n${Object.entries(tally).map(([place, n]) => `  ${place}: ${n}`).join('\n')}`)
  },
}
