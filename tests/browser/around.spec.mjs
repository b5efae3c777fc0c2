// Around the editor: terms, languages, times, history, the board's work for others, and what people are told.
import assert from 'node:assert/strict'
import { follow } from './follow.mjs'
import { openEditor, person, row, saved } from './people.mjs'
import { signIn } from './studio.mjs'

export const testTime = 60_000

const vote = 'Vedtaket var enstemmig'
const year = new Date().getFullYear() + 1

export const tests = {
  'a term is added, changed, taken away and brought back': async (t) => {
    const page = await signIn(t)
    await page.goto(t.url + '/studio/terms?source=nb&target=en')
    await follow(page, page.getByRole('link', { name: 'New term' }))
    await page.locator('#f-text').fill('kommunestyre')
    await page.locator('#f-texts').fill('municipal council')
    await follow(page, page.getByRole('button', { name: 'Add the term' }))
    await follow(page, page.getByRole('link', { name: 'kommunestyre' }))
    await page.locator('#f-forbidden').fill('city parliament')
    await follow(page, page.getByRole('button', { name: 'Save the term' }))
    assert.match(await page.locator('main table').innerText(), /not: city parliament/)
    await follow(page, page.getByRole('link', { name: 'kommunestyre' }))
    await follow(page, page.getByRole('button', { name: 'Delete the term' }))
    assert.equal(await page.getByRole('link', { name: 'kommunestyre' }).count(), 0)
    await follow(page, page.getByRole('button', { name: 'Bring it back' }))
    assert.equal(await page.getByRole('link', { name: 'kommunestyre' }).count(), 1)
  },

  'a language is added and prepared, and one sees who gets it': async (t) => {
    const page = await signIn(t)
    await page.goto(t.url + '/studio/settings/locales')
    await page.locator('#f-tag').fill('nn')
    await follow(page, page.getByRole('button', { name: 'Add and prepare it' }))
    // The page loads itself again until all is ready.
    const line = page.locator('main tbody tr', { hasText: 'nynorsk' })
    await line.filter({ hasText: 'served to readers' }).waitFor()
    await page.locator('#f-accept').fill('nn-NO,en;q=0.5')
    await follow(page, page.getByRole('button', { name: 'Show what it gets' }))
    assert.match(await page.locator('#who').innerText(), /This reader gets .*Nynorsk/i)
    await follow(page, page.getByRole('link', { name: 'Board', exact: true }))
    assert.match(await page.locator('.board thead').innerText(), /nn|nynorsk/i)
  },

  'a time to publish is set, seen and taken away': async (t) => {
    const page = await signIn(t)
    await openEditor(t, page, 'de')
    await page.getByText('Publish or take down at a time').click()
    await page.locator('#publish_at').fill(`${year}-06-24T10:30`)
    await follow(page, page.getByRole('button', { name: 'Set the times' }))
    assert.match(await page.locator('main').innerText(), new RegExp(`Will be published .*${year}`))
    await page.waitForSelector('form[data-ready]')
    await page.getByText('Publish or take down at a time').click()
    assert.equal((await page.locator('#publish_at').inputValue()).slice(0, 10), `${year}-06-24`)
    await follow(page, page.getByRole('button', { name: 'Remove the times' }))
    assert.doesNotMatch(await page.locator('main').innerText(), /Will be published/)
  },

  'an older version is compared and brought back': async (t) => {
    const page = await signIn(t)
    await openEditor(t, page, 'en')
    const field = row(page, vote).locator('textarea')
    const before = await field.inputValue()
    await field.fill('A sentence that nobody wants to keep.')
    await page.keyboard.press('Control+Enter')
    await saved(page)
    await follow(page, page.getByRole('link', { name: 'History' }))
    await page.getByRole('radio', { name: /^Older/ }).nth(1).check()
    await page.getByRole('radio', { name: /^Newer/ }).first().check()
    await follow(page, page.getByRole('button', { name: 'Compare' }))
    assert.match(await page.locator('.compare ins').allInnerTexts().then((all) => all.join(' ')), /nobody wants/)
    await follow(page, page.getByRole('button', { name: /^Restore version/ }))
    assert.match(await page.getByRole('status').innerText(), /is the working text again/)
    await openEditor(t, page, 'en')
    assert.equal(await row(page, vote).locator('textarea').inputValue(), before)
  },

  'work is given to somebody, who is told and finds it': async (t) => {
    const siri = await person(t, 'siri', 'translator', ['ar'])
    const page = await signIn(t)
    await page.goto(t.url + '/studio/board?q=lillehammer')
    await page.locator('input[name=article]').first().check()
    await page.locator('.board + fieldset select[name=locale], form select[name=locale]').first().selectOption('ar')
    await page.locator('select[name=account]').selectOption('siri')
    await page.locator('input[name=due]').fill('2098-12-31')
    await follow(page, page.getByRole('button', { name: 'Assign', exact: true }))
    assert.match(await page.getByRole('status').innerText(), /1 text is assigned to siri/)

    await siri.goto(t.url + '/studio')
    assert.match(await siri.locator('main').innerText(), /Lillehammer/)
    await follow(siri, siri.locator('a[href="/studio/notifications"]').first())
    const told = siri.locator('main li', { hasText: 'Lillehammer' })
    assert.equal(await told.count(), 1)
    assert.match(await told.innerText(), /New/)
    await t.audit(siri)
    await follow(siri, told.getByRole('link'))
    assert.match(new URL(siri.url()).pathname, /\/studio\/articles\/[^/]+\/ar$/)
    await siri.goto(t.url + '/studio/notifications')
    assert.equal(await siri.locator('main li .pill.ready').count(), 0, 'who has opened the text has been told')
  },

  'chosen articles go to an agency as files': async (t) => {
    const page = await signIn(t)
    await page.goto(t.url + '/studio/board?q=lillehammer')
    await page.locator('input[name=article]').first().check()
    await page.locator('form select[name=locale]').selectOption('ar')
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Export for an agency' }).click()])
    assert.equal(file.suggestedFilename(), 'texts.ar.tar')
    assert.equal(await file.failure(), null)
  },
}
