// What an editor shows by itself: what was just written, what is wrong, and what does not arrive.
import assert from 'node:assert/strict'
import { follow } from './follow.mjs'
import { api, ask, change, field } from './editing.mjs'
import { openEditor, row, saved } from './people.mjs'
import { signIn } from './studio.mjs'

const vote = 'Vedtaket var enstemmig'
const said = 'Biblioteket er åpent hver eneste dag.'

async function addRepeating(t, page) {
  await openEditor(t, page, 'en')
  const translation = { title: 'Om gjentakelse', summary: said, body: said + '\n' }
  const made = await ask(page, 'POST', '/api/v1/articles', { key: 'gjentatt', source_locale: 'nb', translation })
  assert.equal(made.status, 201)
  await openEditor(t, page, 'en', '/studio/articles/gjentatt')
}

async function typeIntoSource(page, text) {
  const body = page.locator('[name=body]')
  await body.fill((await body.inputValue()) + `\n\n${text}\n`)
}
const saveSource = (page) => page.getByRole('button', { name: 'Save the source' })

export const tests = {
  'what was just written is suggested where the same text comes again, in words': async (t) => {
    const page = await signIn(t)
    await addRepeating(t, page)
    const summary = page.locator('#editor .seg[data-id=summary] textarea')
    await summary.fill('The library is open every day.')
    await summary.press('Control+Enter')
    const hit = page.locator('#panel-memory .hit').first()
    await hit.waitFor()
    assert.equal(await page.locator('.seg.open').getAttribute('data-id'), 'b1')
    assert.equal(await hit.locator('.text').first().innerText(), 'The library is open every day.')
    assert.equal(await hit.locator('.score').innerText(), 'Same text')
    assert.doesNotMatch(await hit.innerText(), /false/)
  },

  'what the checks find is seen before a text is opened, and the head leads to it': async (t) => {
    const page = await signIn(t)
    await openEditor(t, page, 'en')
    await field(page, vote).fill('The vote of 2031 was unanimous, as they all say here.')
    await saved(page)
    await openEditor(t, page, 'en')
    const mark = row(page, vote).locator('.mark')
    await mark.waitFor()
    assert.match(await mark.innerText(), /⚠ The source has no 2031\./)
    assert.ok((await field(page, vote).getAttribute('aria-describedby')).includes(await mark.getAttribute('id')))
    await t.audit(page)
    await page.locator('#count-findings').click()
    await page.waitForSelector('.seg.open')
    await field(page, vote).fill('The vote was unanimous, as they all say here.')
    await saved(page)
    await mark.filter({ hasText: '2031' }).waitFor({ state: 'detached' })
  },

  'in a narrow window what helps stands under the open text, and a key leads to it and back': async (t) => {
    const page = await signIn(t, { viewport: { width: 768, height: 1000 } })
    await openEditor(t, page, 'en')
    await field(page, vote).click()
    await page.waitForSelector('.seg.open #panel-comments:not([hidden])')
    const open = page.locator('.seg.open .to textarea')
    assert.match(await open.getAttribute('aria-describedby'), /^t-b\d/)
    await page.keyboard.press('F6')
    assert.ok(await page.evaluate(() => document.getElementById('sides').contains(document.activeElement)))
    await page.keyboard.press('F6')
    assert.equal(await page.evaluate(() => document.activeElement.name), await open.getAttribute('name'))
    await t.audit(page)
    await page.setViewportSize({ width: 1280, height: 900 })
    await page.waitForSelector('.right #panel-comments')
  },

  'a conflict is brought into view, clear of the bar below': async (t) => {
    const page = await signIn(t, { viewport: { width: 1280, height: 560 } })
    await openEditor(t, page, 'en')
    const open = page.locator('#editor .seg.open')
    await field(page, vote).click()
    await field(page, vote).evaluate((e) => scrollBy(0, e.getBoundingClientRect().bottom - innerHeight + 60))
    const id = await open.getAttribute('data-id')
    await change(page, api('en'), { segments: [{ id, text: 'They all voted for it.' }] })
    await field(page, vote).pressSequentially(' Mine.')
    const both = open.locator('.both')
    await both.waitFor()
    await page.waitForFunction(() => {
      const box = document.querySelector('.seg.open .both').getBoundingClientRect()
      return box.top >= 0 && box.bottom <= document.querySelector('.keybar').getBoundingClientRect().top
    })
    await both.getByRole('button', { name: 'Take the other text' }).click()
    await saved(page)
  },

  'a preview that could not be loaded is loaded when there is a connection again': async (t) => {
    const page = await signIn(t)
    const faults = []
    page.on('pageerror', (fault) => faults.push(fault.message))
    await openEditor(t, page, 'en')
    await page.context().setOffline(true)
    await page.getByRole('button', { name: 'Preview' }).click()
    await page.waitForFunction(() => document.querySelector('.frames iframe:not(.coming)')?.contentDocument === null)
    await page.context().setOffline(false)
    await field(page, vote).fill('The vote was unanimous, and is in the preview.')
    await saved(page)
    await page.frameLocator('.frames iframe').getByText('and is in the preview').waitFor()
    assert.deepEqual(faults, [])
  },

  'a source that cannot be sent stays where it is, and says why': async (t) => {
    const page = await signIn(t)
    await openEditor(t, page, 'nb')
    const context = page.context()
    await context.setOffline(true)
    await typeIntoSource(page, 'Et avsnitt til.')
    await page.locator('#consequences', { hasText: 'There is no connection.' }).waitFor()
    await saveSource(page).click()
    await page.locator('#source-saving', { hasText: 'There is no connection.' }).waitFor()
    await context.setOffline(false)

    const cookies = await context.cookies()
    await context.clearCookies()
    await saveSource(page).click()
    const status = page.locator('#source-saving', { hasText: 'You are signed out.' })
    await status.waitFor()
    assert.equal(await status.getByRole('link', { name: 'Sign in again' }).getAttribute('href'), '/studio/sign-in')
    await t.audit(page)
    assert.match(await page.locator('[name=body]').inputValue(), /Et avsnitt til\./)
    await context.addCookies(cookies)
    await follow(page, saveSource(page))
    assert.match(page.url(), /done=saved/)
    assert.match(await page.locator('[name=body]').inputValue(), /Et avsnitt til\./)
  },
}
