// The frame of the studio, the board and the pages around it: keys, places, directions, small screens.
import assert from 'node:assert/strict'
import { follow } from './follow.mjs'
import { article, prepare, studioPages } from './pages.mjs'
import { signIn } from './studio.mjs'

export const testTime = 240_000

const speak = async (page, t, native) => {
  await page.goto(t.url + '/studio')
  await follow(page, page.getByRole('button', { name: native, exact: true }))
}
const tooWide = (page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

async function onEach(t, native, colorScheme, look) {
  const page = await signIn(t, { colorScheme })
  await prepare(t, page)
  await speak(page, t, native)
  for (const path of studioPages) {
    await page.setViewportSize({ width: 1280, height: 900 })
    await page.goto(t.url + path)
    await look(page, path)
  }
  await page.context().close()
}

export const tests = {
  'axe finds no fault on any light page, in both directions, and none is wider than the screen': async (t) => {
    for (const native of ['العربية', 'English'])
      await onEach(t, native, 'light', async (page, path) => {
        await t.audit(page)
        for (const width of [360, 768, 1440]) {
          await page.setViewportSize({ width, height: 800 })
          assert.equal(await tooWide(page), 0, `${path} at ${width}`)
        }
      })
  },

  'nor on any dark one': async (t) => {
    for (const native of ['العربية', 'Deutsch']) await onEach(t, native, 'dark', (page) => t.audit(page))
  },

  'the frame is Arabic and the content keeps its own direction': async (t) => {
    const page = await signIn(t)
    await speak(page, t, 'العربية')
    await page.goto(t.url + '/studio/board')
    const direction = (selector) => page.locator(selector).first().evaluate((e) => getComputedStyle(e).direction)
    assert.equal(await direction('html'), 'rtl')
    assert.equal(await direction('.board th[scope=row] a[lang=en]'), 'ltr')
    await speak(page, t, 'English')
  },

  'keys go to the pages and are listed': async (t) => {
    const page = await signIn(t)
    await page.goto(t.url + '/studio')
    await page.keyboard.press('?')
    assert.ok(await page.locator('#keys').evaluate((dialog) => dialog.open))
    await page.keyboard.press('Escape')
    await page.waitForFunction(() => !document.getElementById('keys').open)
    // Two keys that come too long after each other on a busy machine are no pair: a person would press them again.
    const board = () => page.waitForURL(/\/studio\/board$/, { timeout: 3000 }).then(() => true, () => false)
    do {
      await page.keyboard.press('g')
      await page.keyboard.press('b')
    } while (!(await board()))
    await page.keyboard.press('/')
    assert.equal(await page.evaluate(() => document.activeElement.name), 'q')
    await page.keyboard.type('g?')
    assert.equal(await page.locator('.find input').inputValue(), 'g?')
    assert.equal(new URL(page.url()).pathname, '/studio/board')
  },

  'many are chosen at once and published, and each refusal says why': async (t) => {
    const page = await signIn(t)
    await page.goto(t.url + '/studio/board')
    const all = page.getByLabel('Choose all on this page')
    await all.check()
    const boxes = page.locator('input[name=article]')
    assert.equal(await boxes.evaluateAll((list) => list.every((box) => box.checked)), true)
    await boxes.first().uncheck()
    assert.equal(await all.evaluate((box) => box.indeterminate), true)
    await page.locator('select[name=locale]').selectOption('ar')
    const count = await boxes.evaluateAll((list) => list.filter((box) => box.checked).length)
    assert.equal(await page.locator('[data-chosen]').innerText(), `Chosen: ${count}`)
    await follow(page, page.getByRole('button', { name: 'Publish', exact: true }))
    assert.match(await page.getByRole('alert').innerText(), new RegExp(`Publish ${count} texts? in Arabic`))
    await follow(page, page.getByRole('button', { name: /^Publish \d/ }))
    assert.match(await page.locator('[role=status]').innerText(), /published[\s\S]*left as/)
  },

  'a list keeps its place when one comes back': async (t) => {
    const page = await signIn(t)
    await page.goto(`${t.url}/studio/board?state=untranslated&in=ar`)
    await follow(page, page.locator('.board tbody a.pill').first())
    await follow(page, page.locator('.pages a[data-key=b]'))
    assert.equal(new URL(page.url()).search, '?state=untranslated&in=ar')
  },

  'without script the board and the lists work': async (t) => {
    const page = await signIn(t, { javaScriptEnabled: false })
    await page.goto(t.url + '/studio/board')
    await page.locator('.filters input[name=q]').fill('lille')
    await follow(page, page.getByRole('button', { name: 'Show', exact: true }))
    assert.equal(await page.locator('.board tbody tr').count(), 1)
    await follow(page, page.locator('.board tbody a.pill').first())
    assert.match(new URL(page.url()).pathname, /^\/studio\/articles\/\d+\/\w+$/)
  },

  'the history of a text is a link away and shows what differs': async (t) => {
    const page = await signIn(t)
    await page.goto(`${t.url}${article}/en/history`)
    assert.ok((await page.locator('.history tbody tr').count()) > 0)
  },
}
