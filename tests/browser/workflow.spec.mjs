// Times in the reader's own zone, decisions that meet, and a source that people talk about.
import assert from 'node:assert/strict'
import { field } from './editing.mjs'
import { follow } from './follow.mjs'
import { article, openEditor, person, row, saved } from './people.mjs'
import { signIn } from './studio.mjs'

const api = (page, path) =>
  page.evaluate(async (path) => {
    const { api } = JSON.parse(document.getElementById('config').textContent)
    return (await fetch(api + path)).json()
  }, path)

async function setTimes(page, values) {
  await page.locator('details', { has: page.locator('#publish_at') }).evaluate((details) => (details.open = true))
  for (const [id, value] of Object.entries(values)) await page.locator('#' + id).fill(value)
  await follow(page, page.getByRole('button', { name: 'Set the times' }))
  await page.waitForSelector('form[data-ready]')
}

export const tests = {
  'times are chosen and shown in the reader’s own zone': async (t) => {
    const page = await signIn(t, { timezoneId: 'Asia/Kathmandu' })
    for (const locale of ['en', 'nb']) {
      await openEditor(t, page, locale)
      // Parts of a translation may be missing, which is asked about.
      for (const box of await page.locator('#publish_incomplete').all()) await box.evaluate((box) => (box.checked = true))
      await setTimes(page, { publish_at: '2030-01-15T10:00', unpublish_at: '2030-02-15T10:30' })
      const { publish, unpublish } = await api(page, '/schedule')
      assert.equal(publish.at, '2030-01-15T04:15:00Z')
      assert.equal(unpublish.at, '2030-02-15T04:45:00Z')
      assert.equal(await page.locator('#publish_at').inputValue(), '2030-01-15T10:00')
      const planned = await page.locator('[data-at]').first().innerText()
      assert.match(planned, /10:00/)
      assert.doesNotMatch(planned, /UTC/)
      await page.locator('details', { has: page.locator('#publish_at') }).evaluate((details) => (details.open = true))
      assert.match(await page.locator('#schedule-hint').innerText(), /Asia\/Kat/)
      await t.audit(page)
      // What is wrong is beside its field, and what was chosen is still there.
      await setTimes(page, { unpublish_at: '2030-01-10T10:00' })
      assert.equal(await page.locator('#unpublish_at').inputValue(), '2030-01-10T10:00')
      await page.locator('#unpublish_at-mistake').waitFor()
      await t.audit(page)
      await page.locator('#unpublish_at').fill('')
      await follow(page, page.getByRole('button', { name: 'Remove the times' }))
      await page.waitForSelector('form[data-ready]')
      assert.equal((await api(page, '/schedule')).publish, null)
    }
  },

  'a request that was decided meanwhile is not taken back unseen': async (t) => {
    const tina = await person(t, 'tina', 'translator', ['en'])
    const ruth = await person(t, 'ruth', 'reviewer', ['en'])
    await openEditor(t, tina, 'en')
    await follow(tina, tina.getByRole('button', { name: 'Send to review' }).first())
    await openEditor(t, tina, 'en')
    await ruth.goto(t.url + '/studio')
    await ruth.getByRole('heading', { name: 'Waiting for your review' }).waitFor()
    await t.audit(ruth)
    await openEditor(t, ruth, 'en')
    await follow(ruth, ruth.getByRole('button', { name: 'Approve', exact: true }).first())
    await tina.locator('details', { has: tina.locator('#note') }).evaluate((details) => (details.open = true))
    await tina.locator('#note').fill('One more thing')
    await follow(tina, tina.getByRole('button', { name: 'Take back the request' }))
    await tina.getByText('ruth has approved this text meanwhile').waitFor()
    assert.equal(await tina.locator('#note').inputValue(), 'One more thing')
    assert.equal((await api(tina, '/review')).status, 'approved')
  },

  'nobody approves what came in while their own text was saved': async (t) => {
    const tina = await person(t, 'tina', 'translator', ['en'])
    const ruth = await person(t, 'ruth', 'reviewer', ['en'])
    const mine = 'Vedtaket var enstemmig', theirs = 'Ingen by klarer det alene'
    const approve = (page) => page.getByRole('button', { name: 'Approve', exact: true }).first()
    await openEditor(t, tina, 'en')
    await field(tina, theirs).fill('No town manages alone.')
    await saved(tina)
    await openEditor(t, tina, 'en') // what stood approved does no more
    await follow(tina, tina.getByRole('button', { name: 'Send to review' }).first())
    await openEditor(t, tina, 'en')
    await openEditor(t, ruth, 'en')
    await field(tina, theirs).fill('Nobody has read this.')
    await saved(tina)
    await field(ruth, mine).fill('The vote was unanimous, says Ruth.')
    await approve(ruth).click()
    await ruth.getByText('somebody else’s change came in').waitFor()
    await t.audit(ruth)
    assert.equal((await api(ruth, '/review')).status, 'requested')
    assert.equal(await field(ruth, theirs).inputValue(), 'Nobody has read this.')
    assert.equal(await row(ruth, theirs).evaluate((row) => row.classList.contains('open')), true)
    await follow(ruth, approve(ruth))
    assert.equal((await api(tina, '/review')).status, 'approved')
  },

  'a source is talked about and says who else is there': async (t) => {
    const page = await signIn(t)
    const edith = await person(t, 'edith', 'editor')
    await edith.goto(`${t.url}${article}/nb`)
    await edith.waitForSelector('form[data-ready]')
    await page.goto(`${t.url}${article}/nb`)
    await page.waitForSelector('form[data-ready]')
    await page.locator('#panel-here').getByText('edith').waitFor()
    await page.locator('#panel-comments textarea').fill('Is the year right?')
    await page.locator('#panel-comments').getByRole('button').last().click()
    await page.locator('#panel-comments').getByText('Is the year right?').waitFor()
    await edith.reload()
    await edith.locator('#panel-comments').getByText('Is the year right?').waitFor()
    await t.audit(page)
  },
}
