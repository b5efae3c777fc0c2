// Under the pseudo-locale every word of the interface stands in brackets: what does not is English that leaked.
import assert from 'node:assert/strict'
import { follow } from './follow.mjs'
import { studioPages } from './pages.mjs'
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

export const tests = {
  'no English leaks': async (t) => {
    const page = await signIn(t)
    await page.goto(t.url + '/studio')
    await follow(page, page.locator('button[value="en-XA"]'))
    assert.equal(await page.evaluate(() => document.documentElement.lang), 'en-XA')
    const all = []
    for (const path of studioPages) {
      await page.goto(t.url + path)
      for (const leak of await leaks(page)) all.push(`${path}: ${leak}`)
    }
    assert.deepEqual(all, [])
  },
}
