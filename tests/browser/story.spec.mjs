// The main job, by hand and without script: a sentence of the Norwegian source changes, exactly one segment of the
// English translation becomes outdated, it is translated, published and read.
import assert from 'node:assert/strict'
import { follow } from './follow.mjs'
import { signIn } from './studio.mjs'

const before = 'Vedtaket var enstemmig.'
const after = 'Vedtaket var enstemmig, og salen klappet.'
const translated = 'The council was of one mind, and the room applauded.'

async function openFromWorklist(page, t, locale) {
  await page.goto(`${t.url}/studio/worklist/${locale}?state=all`)
  await follow(page, page.locator('.list a', { hasText: 'Lillehammer' }))
}

export const tests = {
  'a changed sentence is one outdated segment until it is translated, published and read': async (t) => {
    const page = await signIn(t, { javaScriptEnabled: false })
    await openFromWorklist(page, t, 'en')
    const form = page.url()
    const outdatedBefore = await page.locator('.seg.outdated').count()

    // The source, and what a save of it would do.
    await follow(page, page.locator('.edit-head a', { hasText: 'Norwegian' }))
    const body = await page.inputValue('[name=body]')
    assert.ok(body.includes(before))
    await page.fill('[name=body]', body.replace(before, after))
    await follow(page, page.getByRole('button', { name: 'Review changes' }))
    assert.match(await page.locator('.plainlist').innerText(), /1 segment becomes outdated in English/)
    assert.equal(await page.locator('ins').count() > 0, true)
    await follow(page, page.getByRole('button', { name: 'Save and publish the source' }))
    assert.match(await page.locator('.notice').innerText(), /^Published/)

    // The English worklist has it, and the form exactly one segment more.
    await page.goto(`${t.url}/studio/worklist/en`)
    const row = page.locator('.list tr', { hasText: 'Lillehammer' })
    assert.match(await row.innerText(), /\d+ words outdated/)
    await follow(page, row.locator('a'))
    assert.equal(page.url().split('?')[0], form.split('?')[0])
    const outdated = page.locator('.seg.outdated', { has: page.locator('ins', { hasText: 'salen' }) })
    assert.equal(await page.locator('.seg.outdated').count(), outdatedBefore + 1)
    assert.equal(await outdated.count(), 1)

    // Translated, published, read.
    const field = outdated.locator('textarea')
    assert.notEqual(await field.inputValue(), '')
    await field.fill(translated)
    await follow(page, page.getByRole('button', { name: 'Save and publish' }))
    const ask = page.getByRole('button', { name: 'Publish although parts are missing' })
    if (await ask.count()) await follow(page, ask)
    assert.match(await page.locator('.notice').innerText(), /^Published/)
    assert.equal(await page.locator('.seg.outdated').count(), outdatedBefore)
    await follow(page, page.locator('.edit-head').getByRole('link', { name: 'View on the site' }))
    assert.ok((await page.locator('article').innerText()).includes(translated))
    assert.equal(await page.evaluate(() => document.documentElement.lang), 'en')
  },
}
