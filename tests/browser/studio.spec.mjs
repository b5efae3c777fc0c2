// The studio's pages: the way in, directions and languages. (frame.spec.mjs looks at all of them.)
import assert from 'node:assert/strict'
import { follow } from './follow.mjs'
import { signIn } from './studio.mjs'

const article = '/studio/articles/lillehammer-solidarity-city'

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
