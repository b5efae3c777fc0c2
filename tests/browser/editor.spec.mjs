// The editor of a translation with its scripts: nothing typed is lost, whatever happens to the network, the session or
// the same text in somebody else's hands; and all of it by keyboard.
import assert from 'node:assert/strict'
import { follow } from './follow.mjs'
import { openEditor, person, row, saved, unsaved } from './people.mjs'
import { signIn } from './studio.mjs'

export const testTime = 60_000

const harbour = 'Vedtaket var enstemmig'
const field = (page, text) => row(page, text).locator('textarea')
const apiText = async (page, text) => {
  const id = await row(page, text).getAttribute('data-id')
  return page.evaluate(async (id) => {
    const { api } = JSON.parse(document.getElementById('config').textContent)
    const { items } = await (await fetch(api + '/segments')).json()
    return items.find((one) => one.id === id).target?.text ?? ''
  }, id)
}

export const tests = {
  'typing is saved by itself, and the counts follow': async (t) => {
    const page = await signIn(t)
    await openEditor(t, page, 'ar')
    const before = await page.locator('#progress').innerText()
    const missing = page.locator('.seg.missing').first()
    const id = await missing.getAttribute('data-id')
    await missing.locator('textarea').fill('نص جديد')
    await saved(page)
    assert.equal(await page.locator(`#r-${id}.missing`).count(), 0)
    assert.notEqual(await page.locator('#progress').innerText(), before)
    await page.reload()
    assert.equal(await page.locator(`#s-${id}`).inputValue(), 'نص جديد')
    assert.equal(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('stele:draft')).length), 0)
  },

  'two translators who meet in one segment lose nothing': async (t) => {
    const anna = await person(t, 'anna', 'translator', ['en'])
    const omar = await person(t, 'omar', 'translator', ['en'])
    for (const page of [anna, omar]) await openEditor(t, page, 'en')
    await field(anna, harbour).fill('The vote was unanimous, says Anna.')
    await saved(anna)
    // Omar, who still sees the old text, writes in the same segment and in another one.
    await field(omar, 'Ingen by klarer det alene').fill('No town manages it on its own, they say')
    await field(omar, harbour).fill('The vote was unanimous, says Omar.')
    await unsaved(omar)
    const both = row(omar, harbour).locator('.both')
    assert.match(await both.innerText(), /says Anna/)
    assert.match(await both.innerText(), /anna/)
    assert.equal(await field(omar, harbour).inputValue(), 'The vote was unanimous, says Omar.')
    assert.equal(await apiText(omar, harbour), 'The vote was unanimous, says Anna.')
    // What is not in conflict is saved all the same.
    assert.equal(await apiText(omar, 'Ingen by klarer det alene'), 'No town manages it on its own, they say')
    await t.audit(omar)
    // Put together by hand.
    await field(omar, harbour).fill('The vote was unanimous, say Anna and Omar.')
    await both.getByRole('button', { name: 'Save the text in the field' }).click()
    await saved(omar)
    assert.equal(await apiText(omar, harbour), 'The vote was unanimous, say Anna and Omar.')
  },

  'another’s text that is taken leaves one’s own within reach': async (t) => {
    const anna = await person(t, 'anna', 'translator', ['en'])
    const omar = await person(t, 'omar', 'translator', ['en'])
    for (const page of [anna, omar]) await openEditor(t, page, 'en')
    await field(anna, harbour).fill('Anna again.')
    await saved(anna)
    await field(omar, harbour).fill('Omar again.')
    await unsaved(omar)
    await row(omar, harbour).getByRole('button', { name: 'Take the other text' }).click()
    assert.equal(await field(omar, harbour).inputValue(), 'Anna again.')
    await row(omar, harbour).getByRole('button', { name: 'Back to my text' }).click()
    await saved(omar)
    assert.equal(await apiText(omar, harbour), 'Omar again.')
  },

  'the network drops in the middle of a sentence and nothing is lost': async (t) => {
    const page = await person(t, 'anna', 'translator', ['en'])
    await openEditor(t, page, 'en')
    await page.context().setOffline(true)
    await field(page, harbour).fill('A sentence that nobody was there to')
    await unsaved(page)
    assert.match(await page.locator('#saving').innerText(), /no connection/)
    await t.audit(page)
    // It comes back by itself.
    await page.context().setOffline(false)
    await saved(page)
    assert.equal(await apiText(page, harbour), 'A sentence that nobody was there to')

    // It stays away, and the browser is closed.
    await page.context().setOffline(true)
    await field(page, harbour).fill('Written without a network')
    await unsaved(page)
    // The last request of a page that is left is beyond what a context being offline holds back.
    await page.evaluate(() => (globalThis.fetch = () => Promise.reject(new TypeError('no network'))))
    await page.goto('about:blank')
    await page.context().setOffline(false)
    await openEditor(t, page, 'en')
    assert.equal(await field(page, harbour).inputValue(), 'A sentence that nobody was there to')
    const offer = row(page, harbour).locator('.both')
    assert.match(await offer.innerText(), /Written without a network/)
    assert.match(await page.locator('#offers').innerText(), /1 text of yours was not saved/)
    await t.audit(page)
    await offer.getByRole('button', { name: 'Use my text' }).click()
    await saved(page)
    assert.equal(await apiText(page, harbour), 'Written without a network')
  },

  'an answer that is lost on its way is no conflict with oneself': async (t) => {
    const page = await person(t, 'anna', 'translator', ['en'])
    await openEditor(t, page, 'en')
    let lost = false
    await page.route('**/api/v1/articles/*/translations/en', async (route) => {
      if (lost || route.request().method() !== 'PATCH') return route.continue()
      lost = true
      await route.fetch() // the server saves it
      await route.abort()
    })
    await field(page, harbour).fill('Saved, but nobody said so')
    await unsaved(page)
    await field(page, harbour).fill('Saved, but nobody said so. And more.')
    await saved(page)
    assert.equal(await row(page, harbour).locator('.both').count(), 0)
    assert.equal(await apiText(page, harbour), 'Saved, but nobody said so. And more.')
  },

  'a session that ends keeps the text until one has signed in again': async (t) => {
    const page = await person(t, 'anna', 'translator', ['en'])
    await openEditor(t, page, 'en')
    await page.context().clearCookies()
    await field(page, harbour).fill('Typed while signed out')
    await unsaved(page)
    assert.match(await page.locator('#saving').innerText(), /signed out/)
    // In another tab of the same browser.
    const link = /https?:\S+/.exec(await t.cli('user', 'link', 'anna'))[0]
    const [tab] = await Promise.all([page.context().waitForEvent('page'), page.getByRole('link', { name: 'Sign in again' }).click()])
    await tab.waitForLoadState()
    await tab.goto(t.url + new URL(link).pathname)
    await tab.getByRole('button', { name: 'Sign in' }).click()
    await tab.waitForURL(/\/studio/)
    await tab.close()
    await page.getByRole('button', { name: 'Try again' }).click()
    await saved(page)
    assert.equal(await apiText(page, harbour), 'Typed while signed out')
  },

  'everything by keyboard alone': async (t) => {
    const page = await signIn(t)
    await openEditor(t, page, 'ar')
    await page.keyboard.press('?')
    assert.ok(await page.locator('#keys').isVisible())
    assert.match(await page.locator('#keys').innerText(), /next to do/)
    await page.keyboard.press('Escape')
    await page.keyboard.press('Alt+ArrowDown')
    const first = await page.evaluate(() => document.activeElement.id)
    assert.match(first, /^s-/)
    await page.keyboard.press('Alt+KeyC')
    const source = await page.locator('.seg.open .source').evaluate((e) => e.dataset.source ?? e.textContent)
    assert.equal(await page.locator('.seg.open textarea').inputValue(), source)
    await page.keyboard.press('ControlOrMeta+KeyA')
    await page.keyboard.type('كلمات')
    await page.keyboard.press('Control+Enter')
    await page.waitForFunction((id) => document.activeElement.id !== id && document.activeElement.id.startsWith('s-'), first)
    assert.equal(await page.locator('#' + first).inputValue(), 'كلمات')
    await page.keyboard.press('Alt+ArrowUp')
    await page.keyboard.press('Escape')
    assert.equal(await page.locator('.seg.open').count(), 0)
    await saved(page)
  },

  'what did not change its meaning is said so, and can be taken back': async (t) => {
    const page = await signIn(t)
    await openEditor(t, page, 'nb')
    const body = page.locator('[name=body]')
    const text = await body.inputValue()
    assert.ok(text.includes('Vedtaket'))
    await body.fill(text.replace('Vedtaket', 'Dette vedtaket'))
    await page.waitForFunction(() => /segment becomes outdated/.test(document.getElementById('consequences').textContent))
    assert.match(await page.locator('#consequences').innerText(), /English/)
    await t.audit(page)
    await page.getByRole('button', { name: 'Save the source' }).click()
    await page.waitForURL(/done=saved/)
    await openEditor(t, page, 'en')
    const changed = row(page, 'Dette vedtaket').or(page.locator('.seg.outdated', { hasText: 'vedtaket' })).first()
    await changed.locator('textarea').click()
    assert.match(await changed.locator('ins').first().innerText(), /Dette/)
    assert.ok(await changed.evaluate((e) => e.classList.contains('outdated')))
    const translated = await changed.locator('textarea').inputValue()
    await changed.getByRole('button', { name: 'The meaning did not change' }).click()
    await page.waitForFunction(() => !document.querySelector('.seg.open.outdated'))
    await changed.getByRole('button', { name: 'It did change after all' }).click()
    await page.waitForFunction(() => document.querySelector('.seg.open.outdated'))
    assert.equal(await changed.locator('textarea').inputValue(), translated)
  },

  'the preview shows what is typed': async (t) => {
    const page = await signIn(t)
    await openEditor(t, page, 'en')
    await page.getByRole('button', { name: 'Preview' }).click()
    const frame = page.frameLocator('.frames iframe:not(.coming)')
    await frame.locator('article').waitFor()
    await field(page, harbour).fill('Seen in the preview at once.')
    await page.keyboard.press('Control+Enter')
    await saved(page)
    await frame.getByText('Seen in the preview at once.').waitFor()
    await t.audit(page)
  },

  'a whole text has paragraphs of its own, and comes back to its segments': async (t) => {
    const page = await signIn(t)
    await openEditor(t, page, 'en')
    const count = await page.locator('.seg[data-id]').count()
    await page.getByText('How this translation follows the source').click()
    await page.getByRole('button', { name: 'Translate as a whole text' }).click()
    await page.waitForURL(/done=mode/)
    const body = page.locator('#s-body')
    assert.ok((await body.inputValue()).includes('\n\n'))
    assert.ok((await page.locator('.seg[data-id]').count()) < count)
    await page.getByText('How this translation follows the source').click()
    await page.getByRole('button', { name: 'Translate segment by segment' }).click()
    await page.waitForURL(/done=mode/)
    assert.equal(await page.locator('.seg[data-id]').count(), count)
  },

  'axe finds no fault in either direction and either theme, with a row open': async (t) => {
    for (const colorScheme of ['light', 'dark'])
      for (const language of ['العربية', 'English']) {
        const page = await signIn(t, { colorScheme })
        await page.goto(t.url + '/studio/articles/lillehammer-solidarity-city')
        await follow(page, page.getByRole('button', { name: language }))
        await openEditor(t, page, 'ar')
        await page.locator('.seg[data-id] textarea').nth(3).focus()
        await page.waitForSelector('.seg.open .tools')
        assert.equal(await page.evaluate(() => document.documentElement.dir), language === 'English' ? 'ltr' : 'rtl')
        await t.audit(page)
        await openEditor(t, page, 'nb')
        await t.audit(page)
      }
  },

  'no page loads more than 60 KB of script': async (t) => {
    const page = await signIn(t)
    for (const locale of ['en', 'nb']) {
      await openEditor(t, page, locale)
      await page.waitForLoadState('networkidle')
      const bytes = await page.evaluate(() =>
        performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('.mjs')).reduce((sum, one) => sum + one.decodedBodySize, 0),
      )
      assert.ok(bytes > 0 && bytes < 60_000, `${locale}: ${bytes}`)
    }
  },

  'nothing is wider than a small screen': async (t) => {
    const page = await signIn(t, { viewport: { width: 360, height: 740 } })
    for (const locale of ['en', 'ar', 'nb']) {
      await page.goto(`${t.url}/studio/articles/lillehammer-solidarity-city/${locale}`)
      await page.waitForSelector('[data-ready]')
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
      assert.equal(wide, 0, locale)
    }
  },

  'a day: an editor changes a paragraph, a translator mends it, a reviewer publishes, one language’s readers see it': async (t) => {
    const reader = await t.page({ locale: 'en' })
    const read = async (path) => {
      await reader.goto(t.url + path)
      return reader.locator('article').innerText()
    }
    const german = await read('/de/lillehammer-solidarity-city')
    const editor = await signIn(t)
    await openEditor(t, editor, 'nb')
    const body = editor.locator('[name=body]')
    await body.fill((await body.inputValue()).replace('Vi er ikke mange', 'Vi er ikke så mange'))
    await editor.waitForFunction(() => /English/.test(document.getElementById('consequences').textContent))
    await editor.getByRole('button', { name: 'Save and publish' }).click()
    await editor.waitForURL(/done=published/)

    // The translator finds it on the worklist, sees what changed, and mends the old translation.
    const anna = await person(t, 'anna', 'translator', ['en'])
    await anna.goto(t.url + '/studio/worklist/en')
    await follow(anna, anna.locator('main a', { hasText: 'Lillehammer' }).first())
    await anna.waitForSelector('form[data-ready]')
    const changed = anna.locator('.seg.outdated', { hasText: 'Vi er ikke' })
    await changed.locator('textarea').click()
    assert.match(await changed.locator('ins').innerText(), /så/)
    await changed.locator('textarea').fill('There are not that many of us.')
    await anna.keyboard.press('Control+Enter')
    await saved(anna)
    for (const missing of await anna.locator('.seg.missing').all()) await missing.locator('textarea').fill('Translated.')
    await saved(anna)
    await anna.getByRole('button', { name: 'Send to review' }).first().click()
    await anna.waitForURL(/done=review-sent/)
    await t.audit(anna)

    // Who reviews approves and publishes.
    const rita = await person(t, 'rita', 'reviewer', ['en'])
    await openEditor(t, rita, 'en')
    await rita.getByRole('button', { name: 'Approve' }).first().click()
    await rita.waitForURL(/done=review/)
    await rita.waitForSelector('form[data-ready]')
    await rita.getByRole('button', { name: 'Publish', exact: true }).click()
    await rita.waitForURL(/done=published/)
    assert.match(await read('/en/lillehammer-solidarity-city'), /There are not that many of us\./)
    assert.equal(await read('/de/lillehammer-solidarity-city'), german)
  },
}
