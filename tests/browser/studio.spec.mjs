// The studio's pages: what axe says of them, directions, and small screens.
import assert from 'node:assert/strict'
import { follow } from './follow.mjs'
import { signIn } from './studio.mjs'

const article = '/studio/articles/lillehammer-solidarity-city'
const pages = ['/studio/worklist/en', '/studio/worklist/ar?state=all', article, `${article}/en`, `${article}/ar`,
  `${article}/nb`, '/studio/articles/open-doors-statement/en', '/studio/new', '/studio/articles?q=nothing']

const overflow = (page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

export const tests = {
  'the way in asks who it is, and says how to get a link': async (t) => {
    const page = await t.page({ bypassCSP: true, locale: 'en' })
    await page.goto(t.url + '/studio')
    assert.equal(new URL(page.url()).pathname, '/studio/sign-in')
    await t.audit(page)
    await follow(page, page.getByRole('link', { name: 'Forgot the password?' }))
    assert.match(await page.locator('main').innerText(), /stele user link NAME/)
    await t.audit(page)
  },

  'axe finds no fault, in light and in dark': async (t) => {
    for (const colorScheme of ['light', 'dark']) {
      const page = await signIn(t, { colorScheme })
      for (const path of pages) {
        await page.goto(t.url + path)
        await t.audit(page)
      }
    }
  },

  'nothing is wider than a small screen': async (t) => {
    const page = await signIn(t, { viewport: { width: 360, height: 740 } })
    for (const path of pages) {
      await page.goto(t.url + path)
      assert.equal(await overflow(page), 0, path)
    }
  },

  'content has its own direction, whatever the interface has': async (t) => {
    const page = await signIn(t)
    await page.goto(`${t.url}${article}/ar`)
    const direction = (selector) => page.locator(selector).first().evaluate((e) => getComputedStyle(e).direction)
    assert.equal(await direction('html'), 'ltr')
    assert.equal(await direction('.from .text'), 'ltr')
    assert.equal(await direction('.to textarea'), 'rtl')
    assert.equal(await page.locator('.to textarea').first().getAttribute('lang'), 'ar')
  },

  'the interface changes its language and stays where it is': async (t) => {
    const page = await signIn(t)
    await page.goto(`${t.url}${article}/en`)
    await follow(page, page.getByRole('button', { name: 'Norsk bokmål' }))
    assert.equal(new URL(page.url()).pathname, `${article}/en`)
    assert.equal(await page.evaluate(() => document.documentElement.lang), 'nb')
    await t.audit(page)
    await follow(page, page.getByRole('button', { name: 'English' }))
  },
}
