// Under the pseudo-locale every word of the interface stands in brackets: what does not is English that leaked.
import assert from 'node:assert/strict'
import { follow } from './follow.mjs'
import { outcomes, prepare, studioPages } from './pages.mjs'
import { openEditor } from './people.mjs'
import { signIn } from './studio.mjs'

export const environment = { STELE_PSEUDO_LOCALE: '1' }

// Names of languages come from CLDR, which has none in pseudo-English; those of browsers are the same everywhere.
const known = ['English', 'Arabic', 'German', 'Norwegian Bokmål', 'Chrome', 'Linux']

// The words of a page that are neither content (which names its language) nor names, numbers and keys.
const leaks = (page) =>
  page.evaluate((names) => {
    const isOurs = (element) =>
      !element.closest('bdi, time, kbd, code, pre, script, style, textarea, [lang]:not(html), option, .diff, ins, del, .text, progress')
    const found = []
    const look = (text, element, what) => {
      const said = names.reduce((rest, name) => rest.replaceAll(name, ''), text).trim()
      if (!said || !/\p{L}{2}/u.test(said) || !isOurs(element)) return
      const plain = said.replace(/\[[^[\]]*\]/g, '')
      if (/\p{L}{2}/u.test(plain.replace(/\[.*\]/su, ''))) found.push(`${what}: ${said}`)
    }
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) look(walker.currentNode.data, walker.currentNode.parentElement, walker.currentNode.parentElement.tagName)
    for (const element of document.querySelectorAll('[aria-label], [title], [placeholder], [alt]'))
      for (const name of ['aria-label', 'title', 'placeholder', 'alt'])
        if (element.hasAttribute(name) && !element.matches('time')) look(element.getAttribute(name), element, name)
    return found
  }, known)

export const testTime = 90_000

export const tests = {
  'no English leaks': async (t) => {
    const page = await signIn(t)
    await prepare(t, page)
    await page.goto(t.url + '/studio')
    await follow(page, page.locator('button[value="en-XA"]'))
    assert.equal(await page.evaluate(() => document.documentElement.lang), 'en-XA')
    const all = []
    const look = async (page, name) => {
      for (const leak of await leaks(page)) all.push(`${name}: ${leak}`)
    }
    for (const path of studioPages) {
      await page.goto(t.url + path)
      await look(page, path)
    }
    for (const [name, go] of Object.entries(outcomes)) {
      await go(t, page)
      await look(page, name)
    }
    assert.deepEqual(all, [])
  },

  'nor from what scripts say in an open row': async (t) => {
    const page = await signIn(t)
    await openEditor(t, page, 'ar')
    await page.locator('.seg.missing[data-id] textarea').nth(2).click()
    await page.waitForSelector('.seg.open .tools')
    await page.locator('.seg.open textarea').fill('نص  4711')
    await page.waitForSelector('.checks li')
    await page.waitForFunction(() => /^\[/.test(document.getElementById('saving').textContent))
    await page.waitForFunction(() => !document.getElementById('panel-comments').hidden)
    assert.deepEqual(await leaks(page), [])
    await page.locator('.checks button').last().click()
    await page.keyboard.press('?')
    await openEditor(t, page, 'nb')
    await page.locator('[name=body]').pressSequentially('Ord. ')
    await page.waitForFunction(() => /\[/.test(document.getElementById('consequences').textContent))
    assert.deepEqual(await leaks(page), [])
  },
}
