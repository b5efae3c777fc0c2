// What helps with the open row: the memory, terms, checks, comments, and who else is there.
import assert from 'node:assert/strict'
import { follow } from './follow.mjs'
import { prepare } from './pages.mjs'
import { replaceInSource } from './editing.mjs'
import { openEditor, person, row, saved } from './people.mjs'
import { signIn } from './studio.mjs'

export const testTime = 60_000

const vote = 'Vedtaket var enstemmig'
const alone = 'Ingen by klarer det alene'

const ask = (page, method, path, body) =>
  page.evaluate(
    async ([method, path, body]) => {
      const { csrf } = JSON.parse(document.getElementById('config').textContent)
      const headers = { 'X-CSRF-Token': csrf, 'Content-Type': 'application/json' }
      const answer = await fetch(path, { method, headers, body: body && JSON.stringify(body) })
      return { status: answer.status, body: answer.status === 204 ? null : await answer.json() }
    },
    [method, path, body],
  )

// A Norwegian article that says a sentence of the demo content again; the memory knows it by now.
async function addKnown(t, page, key) {
  await openEditor(t, page, 'en')
  const source_locale = 'nb'
  const translation = { title: `Om ${key}`, body: `## ${alone}\n\nNoe helt annet og aldri sagt før.\n` }
  const made = await ask(page, 'POST', '/api/v1/articles', { key, source_locale, translation })
  assert.equal(made.status, 201)
  await page.waitForFunction(
    async (path) => (await (await fetch(path)).json()).items.length > 0,
    `/api/v1/articles/${key}/translations/en/segments/b1/suggestions`,
    { polling: 500 },
  )
  return '/studio/articles/' + key
}

async function openRow(page, text) {
  await row(page, text).locator('textarea').click()
  await page.waitForSelector('.seg.open .tools')
  return row(page, text)
}

export const tests = {
  'a suggestion is a key away, and says how alike it is': async (t) => {
    const page = await signIn(t)
    await openEditor(t, page, 'en', await addKnown(t, page, 'kjent'))
    const open = await openRow(page, alone)
    const hit = page.locator('#panel-memory .hit').first()
    await hit.waitFor()
    assert.match(await hit.locator('.score').innerText(), /100/)
    const known = await hit.locator('.text').first().innerText()
    assert.equal(await page.locator('#panel-memory .hit .text').first().getAttribute('lang'), 'en')
    await page.keyboard.press('Alt+Digit1')
    assert.equal(await open.locator('textarea').inputValue(), known)
    await saved(page)
    await t.audit(page)
  },

  'what is missing is filled from memory, and marked until somebody has read it': async (t) => {
    const page = await signIn(t)
    await openEditor(t, page, 'en', await addKnown(t, page, 'kjent-igjen'))
    await page.getByText('Fill what is missing').click()
    await page.getByRole('button', { name: 'From memory' }).click()
    await page.locator('#fill .said', { hasText: '1 segment was filled in.' }).waitFor()
    const filled = row(page, alone)
    assert.notEqual(await filled.locator('textarea').inputValue(), '')
    assert.match(await filled.locator('.origin').innerText(), /From memory/)
    assert.equal(await filled.locator('.remark').count(), 0) // nobody else did it
    assert.equal(await row(page, 'Noe helt annet').locator('textarea').inputValue(), '')
  },

  'terms are marked in the source, with what they are in the other language': async (t) => {
    const page = await signIn(t)
    await prepare(t, page)
    await openEditor(t, page, 'ar')
    const open = await openRow(page, 'blir solidaritetsby')
    await open.locator('mark.term').waitFor()
    assert.equal(await open.locator('mark.term').innerText(), 'solidaritetsby')
    const said = page.locator('#panel-terms dd').first()
    assert.equal(await said.innerText(), 'مدينة التضامن')
    assert.equal(await said.evaluate((e) => getComputedStyle(e).direction), 'rtl')
    await t.audit(page)
  },

  'a finding is mended by its button, or dismissed with a reason and taken back': async (t) => {
    const page = await signIn(t)
    await openEditor(t, page, 'en')
    const open = await openRow(page, vote)
    const field = open.locator('textarea')
    const findings = open.locator('.checks li')
    await field.fill('The vote  was unanimous, as they all say here.')
    await findings.getByRole('button', { name: 'Use one space' }).click()
    assert.equal(await field.inputValue(), 'The vote was unanimous, as they all say here.')
    await field.fill('The vote of 2031 was unanimous, as they all say here.')
    const extra = findings.filter({ hasText: 'The source has no 2031.' })
    await extra.waitFor()
    await saved(page)
    await extra.getByRole('button', { name: 'Show' }).click()
    assert.equal(await field.evaluate((e) => e.value.slice(e.selectionStart, e.selectionEnd)), '2031')
    await extra.getByRole('button', { name: 'Dismiss…' }).click()
    await extra.getByLabel('Why is this right?').fill('The mayor said so')
    await page.keyboard.press('Enter')
    await findings.filter({ hasText: 'Dismissed by admin' }).waitFor()
    await page.locator('#dismissed summary', { hasText: '1 finding' }).waitFor({ state: 'attached' })
    await t.audit(page)

    // The list for the whole text says why, and takes it back.
    await page.reload()
    await page.waitForSelector('form[data-ready]')
    await page.locator('#dismissed summary').click()
    assert.match(await page.locator('#dismissed').innerText(), /2031[\s\S]*The mayor said so[\s\S]*admin/)
    await t.audit(page)
    await follow(page, page.getByRole('button', { name: 'Undo the dismissal' }))
    assert.equal(await page.locator('#dismissed summary').count(), 0)
    await page.waitForSelector('form[data-ready]')
    await (await openRow(page, vote)).locator('.checks li', { hasText: 'The source has no 2031.' }).waitFor()
  },

  'what is half mended is in no list and no preview, and both say so until it is saved': async (t) => {
    const page = await person(t, 'erna', 'editor')
    await openEditor(t, page, 'nb')
    await replaceInSource(page, 'Det første går til Freiburg', 'Det neste går til Freiburg')
    await openEditor(t, page, 'en')
    const open = await openRow(page, 'går til Freiburg, der')
    const field = open.locator('textarea')
    const listed = page.locator('#dismissed summary', { hasText: '1 finding' })
    await page.getByRole('button', { name: 'Preview' }).click()
    const behind = page.locator('#preview-behind')
    assert.equal(await behind.innerText(), '')
    await field.fill((await field.inputValue()) + ' In 2031, that is.')
    await page.waitForFunction(() => /not in it yet/.test(document.getElementById('preview-behind').textContent))
    const extra = open.locator('.checks li', { hasText: 'The source has no 2031.' })
    await extra.getByRole('button', { name: 'Dismiss…' }).click()
    await extra.getByLabel('Why is this right?').fill('The mayor said so')
    await page.keyboard.press('Enter')
    await open.locator('.checks li', { hasText: 'Dismissed by erna' }).waitFor()
    assert.equal(await listed.count(), 0)
    await t.audit(page)
    await field.press('Control+Enter')
    await listed.waitFor({ state: 'attached' })
    await page.waitForFunction(() => document.getElementById('preview-behind').textContent === '')
    // Another text has nothing of it.
    await field.fill('The next one goes to Freiburg.')
    await saved(page)
    await listed.waitFor({ state: 'detached' })
  },

  'errors are listed before a text is sent to review, and lead to their places': async (t) => {
    const page = await person(t, 'siri', 'translator', ['en'])
    await openEditor(t, page, 'en')
    await row(page, alone).locator('textarea').fill('No city does it alone, {name}')
    await saved(page)
    await follow(page, page.getByRole('button', { name: 'Send to review' }).first())
    await page.waitForSelector('form[data-ready]')
    const told = page.locator('.alert', { hasText: 'The source has no {name}.' }).first()
    await t.audit(page)
    await told.getByRole('link').click()
    await page.waitForSelector('.seg.open')
    assert.ok((await page.locator('.seg.open .source').innerText()).includes(alone))
    await follow(page, page.getByRole('button', { name: 'Send to review as it is' }))
    assert.match(page.url(), /done=review-sent/)
  },

  'people talk about a segment, and see where the others are': async (t) => {
    const siri = await person(t, 'siri', 'translator', ['en'])
    const [first, second] = [siri, await signIn(t)]
    await openEditor(t, first, 'en')
    const mine = await openRow(first, vote)
    await first.getByLabel('Comment on this segment').fill('Is it the council that voted?')
    await first.getByRole('button', { name: 'Post the comment' }).click()
    await first.locator('#panel-comments .comment', { hasText: 'Is it the council' }).waitFor()

    await openEditor(t, second, 'en')
    const number = await mine.locator('.no bdi').innerText()
    await second.locator('#panel-here', { hasText: `siri is on segment ${number}.` }).waitFor()
    const theirs = await openRow(second, vote)
    await theirs.locator('.talk', { hasText: '1 open comment' }).waitFor()
    await second.locator('#talks', { hasText: '1 open comment' }).waitFor()
    await second.locator('#panel-here', { hasText: 'siri is on this segment, too.' }).waitFor()
    const thread = second.locator('#panel-comments .comment', { hasText: 'Is it the council' })
    await thread.getByRole('button', { name: 'Reply' }).click()
    await thread.getByLabel('Reply').fill('It is.')
    await second.keyboard.press('Control+Enter')
    await second.locator('#panel-comments .comment', { hasText: 'It is.' }).waitFor()
    await t.audit(second)
    await thread.getByRole('button', { name: 'Resolve' }).click()
    await second.locator('#panel-comments .resolved').waitFor()
    await theirs.locator('.talk').waitFor({ state: 'detached' })
  },
}
