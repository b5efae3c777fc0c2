// The public site as readers see it: languages, directions, small screens, print, and what axe says.
import assert from 'node:assert/strict'
import { follow } from './follow.mjs'

export const environment = { STELE_SITE_NAME: 'Open Towns' }

const nb = '/nb/lillehammer-solidaritetsby'
const arabic = '/ar/%D8%B9%D9%86-%D8%A7%D9%84%D8%B4%D8%A8%D9%83%D8%A9' // about-the-network

const overflow = (page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
const root = (page) => page.evaluate(() => [document.documentElement.lang, document.documentElement.dir])
const luminance = (page, selector) =>
  page.locator(selector).evaluate((e) => getComputedStyle(e).backgroundColor.match(/\d+/g).slice(0, 3).map(Number))

async function visit(t, path, options) {
  const page = await t.page(options)
  const response = await page.goto(t.url + path)
  return { page, response }
}

export const tests = {
  'the front page speaks the reader’s language': async (t) => {
    for (const [locale, path] of [['nb-NO', '/nb/'], ['ar', '/ar/'], ['de-AT', '/de/'], ['uk', '/en/']]) {
      const { page } = await visit(t, '/', { locale })
      assert.equal(new URL(page.url()).pathname, path)
    }
  },

  'a page has its title, its date and its languages': async (t) => {
    const { page } = await visit(t, nb)
    assert.deepEqual(await root(page), ['nb', 'ltr'])
    assert.match(await page.title(), / · Open Towns$/)
    assert.equal(await page.locator('h1').count(), 1)
    assert.match(await page.locator('article .meta').first().innerText(), /^Nyhet.*mandag 14\. september 2026$/s)
    assert.equal(await page.locator('.languages [aria-current]').innerText(), 'Norsk bokmål')
    assert.ok(await page.locator('blockquote').isVisible())
  },

  'the switcher leads to the same page in another language': async (t) => {
    const { page } = await visit(t, nb)
    await follow(page, page.locator('.languages').getByText('English'))
    assert.equal(new URL(page.url()).pathname, '/en/lillehammer-solidarity-city')
    assert.deepEqual(await root(page), ['en', 'ltr'])
    assert.match(await page.locator('h1').innerText(), /^Lillehammer/)
    assert.equal(await page.locator('.languages [aria-current]').innerText(), 'English')
  },

  'an Arabic page runs from right to left': async (t) => {
    const { page } = await visit(t, arabic)
    assert.deepEqual(await root(page), ['ar', 'rtl'])
    const home = await page.locator('header .home').boundingBox()
    const languages = await page.locator('.languages').boundingBox()
    assert.ok(home.x > languages.x)
    assert.equal(await page.locator('h1').evaluate((e) => getComputedStyle(e).direction), 'rtl')
    assert.equal(await page.locator('.skip').evaluate((e) => getComputedStyle(e).direction), 'rtl')
  },

  'a fallback keeps its own direction and says what it is': async (t) => {
    const { page, response } = await visit(t, '/ar/lillehammer-solidarity-city')
    assert.match(response.headers()['content-language'], /^ar, en/)
    assert.deepEqual(await root(page), ['ar', 'rtl'])
    const direction = (selector) => page.locator(selector).first().evaluate((e) => getComputedStyle(e).direction)
    assert.equal(await direction('h1'), 'ltr')
    assert.equal(await direction('.body p'), 'ltr')
    assert.match(await page.locator('.notice').first().innerText(), /غير متاحة باللغة العربية بعد/)
    await follow(page, page.locator('.notice a'))
    assert.equal(new URL(page.url()).pathname, '/en/lillehammer-solidarity-city')
  },

  'nothing is wider than a small screen': async (t) => {
    for (const path of ['/nb/', '/ar/', nb, arabic, '/nb/aarsmoetet-2027', '/en/open-doors-statement', '/de/nichts']) {
      const { page } = await visit(t, path, { viewport: { width: 360, height: 740 } })
      assert.equal(await overflow(page), 0, path)
    }
  },

  'a type narrows the list': async (t) => {
    const { page } = await visit(t, '/nb/')
    const all = await page.locator('.articles > li').count()
    await follow(page, page.locator('.types').getByText('Nyheter'))
    assert.equal(new URL(page.url()).search, '?type=news')
    assert.equal(await page.locator('.types [aria-current]').innerText(), 'Nyheter')
    const news = await page.locator('.articles > li').count()
    assert.ok(news > 0 && news < all)
    assert.equal(await page.locator('h1').innerText(), 'Nyheter')
  },

  'an event says when, where and whom to ask': async (t) => {
    const { page } = await visit(t, '/nb/aarsmoetet-2027')
    const facts = await page.locator('.facts').innerText()
    assert.match(facts, /9\.–11\. juni 2027/)
    assert.match(facts, /Kulturhuset Banken/)
    assert.equal(await page.locator('.people a[href^="mailto:"]').count(), 2)
  },

  'names stand in the order of the reader': async (t) => {
    const first = async (path) => (await visit(t, path)).page.locator('.names li').allInnerTexts()
    const norwegian = await first('/nb/erklaeringen-om-aapne-doerer')
    const english = await first('/en/open-doors-statement')
    assert.notDeepEqual(norwegian, english)
    assert.deepEqual([...norwegian].sort(), [...english].sort())
    assert.ok(norwegian.indexOf('Øygarden') > norwegian.indexOf('Ystad'))
    assert.ok(english.indexOf('Øygarden') < english.indexOf('Ystad'))
  },

  'what is not there says so in the reader’s language': async (t) => {
    const { page, response } = await visit(t, '/nb/finnes-ikke')
    assert.equal(response.status(), 404)
    assert.equal(await page.locator('h1').innerText(), 'Denne siden finnes ikke')
    await follow(page, page.locator('main a').first())
    assert.equal(new URL(page.url()).pathname, '/nb/')
  },

  'the keyboard finds the content first': async (t) => {
    const { page } = await visit(t, nb)
    await page.keyboard.press('Tab')
    assert.ok(await page.locator('.skip').evaluate((e) => e === document.activeElement))
    await page.keyboard.press('Enter')
    assert.ok(await page.locator('main').evaluate((e) => e === document.activeElement))
  },

  'paper shows the text alone': async (t) => {
    const { page } = await visit(t, nb, { colorScheme: 'dark' })
    await page.emulateMedia({ media: 'print' })
    assert.equal(await page.locator('.languages').isVisible(), false)
    assert.equal(await page.locator('.types').isVisible(), false)
    assert.ok(await page.locator('h1').isVisible())
    assert.deepEqual(await luminance(page, 'html'), [255, 255, 255])
  },
}

for (const colorScheme of ['light', 'dark'])
  for (const [what, path] of [
    ['nb list', '/nb/'], ['en list', '/en/'], ['ar list', '/ar/'],
    ['nb page', nb], ['en page', '/en/open-doors-statement'], ['ar page', arabic],
    ['nb event', '/nb/aarsmoetet-2027'], ['ar fallback', '/ar/lillehammer-solidarity-city'],
    ['nb 404', '/nb/x'], ['en 404', '/en/x'], ['ar 404', '/ar/x'],
  ])
    tests[`axe finds nothing on the ${what} in ${colorScheme}`] = async (t) => {
      const { page } = await visit(t, path, { colorScheme })
      await t.audit(page)
    }
