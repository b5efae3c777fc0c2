// An Arabic-speaking translator’s day, in a studio that runs from right to left: from the worklist to what readers get.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { follow } from './follow.mjs'
import { openEditor, person } from './people.mjs'
import { signIn } from './studio.mjs'

export const testTime = 90_000

const words = JSON.parse(await readFile(new URL('../../locales/ar.json', import.meta.url)))
const heading = 'لا تنجح مدينة وحدها'
const latinDigit = /[0-9]/
const arabicDigit = /[٠-٩]/

// The interface in Arabic, as whoever reads it asks for it.
async function inArabic(t, page) {
  await page.goto(t.url + '/studio')
  await follow(page, page.getByRole('button', { name: 'العربية', exact: true }))
  assert.equal(await page.evaluate(() => document.documentElement.dir), 'rtl')
}

export const tests = {
  'an Arabic page is translated, reviewed and published, and no other language’s readers see a change': async (t) => {
    const reader = await t.page({ locale: 'en' })
    const read = async (path) => {
      await reader.goto(t.url + path)
      return reader.locator('article').innerText()
    }
    const english = await read('/en/lillehammer-solidarity-city')
    const noura = await person(t, 'noura', 'translator', ['ar'])
    await inArabic(t, noura)
    await noura.goto(t.url + '/studio/worklist/ar')
    const main = await noura.locator('main').innerText()
    assert.match(main, arabicDigit)
    await follow(noura, noura.locator('main a', { hasText: 'Lillehammer' }).first())
    await noura.waitForSelector('form[data-ready]')

    // The form: the Norwegian source from left to right, the field and the whole page from right to left.
    const direction = (selector) => noura.locator(selector).first().evaluate((e) => getComputedStyle(e).direction)
    assert.deepEqual([await direction('html'), await direction('.from .source'), await direction('.to textarea')], ['rtl', 'ltr', 'rtl'])
    const [from, to] = await Promise.all(['.seg[data-id] .from', '.seg[data-id] .to'].map((s) => noura.locator(s).first().boundingBox()))
    assert.ok(from.x > to.x, 'the source stands where reading begins')

    // Typing: one segment by hand and by keys, the others as they come.
    const segment = noura.locator('.seg.missing', { hasText: 'Ingen by klarer det alene' })
    await segment.locator('textarea').click()
    await noura.keyboard.type(heading)
    await noura.locator('.seg.open .tools').waitFor()
    await noura.keyboard.press('Control+Enter')
    await noura.waitForFunction((text) => document.getElementById('saving').textContent === text, words['script.all-saved'])
    const missing = await noura.locator('.seg.missing[data-id]').evaluateAll((rows) => rows.map((row) => row.dataset.id))
    for (const [i, id] of missing.entries()) await noura.locator('#s-' + id).fill(`نص الفقرة رقم ${'٠١٢٣٤٥٦٧٨٩'[i % 10]}`)
    await noura.waitForFunction((text) => document.getElementById('saving').textContent === text, words['script.all-saved'])
    assert.equal(await noura.locator('.seg.missing[data-id]').count(), 0)

    // What the server wrote and what scripts wrote has the digits of the language.
    for (const selector of ['#progress', '.seg .no bdi']) {
      const said = await noura.locator(selector).first().innerText()
      assert.match(said, arabicDigit, selector)
      assert.doesNotMatch(said, latinDigit, selector)
    }
    await t.audit(noura)
    await follow(noura, noura.getByRole('button', { name: words['editor.review-ask'], exact: true }).first())
    assert.match(noura.url(), /done=review-sent/)
    assert.equal(await noura.getByRole('status').first().innerText(), words['editor.review-sent'])

    // Who reviews.
    const rashid = await person(t, 'rashid', 'reviewer', ['ar'])
    await inArabic(t, rashid)
    await openEditor(t, rashid, 'ar')
    await follow(rashid, rashid.getByRole('button', { name: words['editor.review-approve'], exact: true }).first())
    await rashid.waitForSelector('form[data-ready]')
    await follow(rashid, rashid.getByRole('button', { name: words['studio.publish'], exact: true }))
    assert.match(rashid.url(), /done=published/)
    await follow(rashid, rashid.locator('.edit-head a[href^="/ar/"]'))
    assert.equal(await rashid.evaluate(() => document.documentElement.dir), 'rtl')
    assert.ok((await rashid.locator('article').innerText()).includes(heading))
    assert.equal(await rashid.locator('article [lang]:not([lang=ar])').count(), 0, 'nothing is left of another language')
    assert.equal(await read('/en/lillehammer-solidarity-city'), english)
  },

  'the board and the notifications speak Arabic, digits and all': async (t) => {
    const rashid = await person(t, 'rashid', 'reviewer', ['ar'])
    await inArabic(t, rashid)
    for (const path of ['/studio', '/studio/board', '/studio/notifications', '/studio/worklist/ar?state=all']) {
      await rashid.goto(t.url + path)
      // Names and content keep theirs; what the interface counts is in Arabic digits.
      const counts = await rashid.locator('main').evaluate((main) => {
        const copy = main.cloneNode(true)
        for (const own of copy.querySelectorAll('bdi, [lang], [dir=auto], time, option, input, select, kbd, svg, style')) own.remove()
        return copy.textContent
      })
      assert.doesNotMatch(counts, latinDigit, path)
    }
  },

  'an Arabic page that is published stays as it is when English is mended': async (t) => {
    const reader = await t.page({ locale: 'ar' })
    const read = async () => {
      await reader.goto(t.url + '/ar/lillehammer-solidarity-city')
      return reader.locator('article').innerText()
    }
    const arabic = await read()
    assert.ok(arabic.includes(heading))
    const editor = await signIn(t)
    await openEditor(t, editor, 'nb')
    const body = editor.locator('[name=body]')
    await body.fill((await body.inputValue()).replace('Vi er ikke mange', 'Vi er ikke så mange'))
    await editor.waitForFunction(() => /Arabic/.test(document.getElementById('consequences').textContent))
    await follow(editor, editor.getByRole('button', { name: 'Save and publish' }))
    await openEditor(t, editor, 'en')
    await editor.locator('.seg.outdated', { hasText: 'Vi er ikke' }).locator('textarea').fill('There are not that many of us.')
    await editor.keyboard.press('Control+Enter')
    for (const id of await editor.locator('.seg.missing[data-id]').evaluateAll((rows) => rows.map((row) => row.dataset.id)))
      await editor.locator('#s-' + id).fill('Translated.')
    await editor.waitForFunction(() => document.getElementById('saving').textContent === 'All changes saved')
    await follow(editor, editor.getByRole('button', { name: 'Publish', exact: true }))
    assert.match(editor.url(), /done=published/)
    await follow(editor, editor.locator('.edit-head a[href^="/en/"]'))
    assert.match(await editor.locator('article').innerText(), /There are not that many of us\./)
    assert.equal(await read(), arabic)
  },
}
