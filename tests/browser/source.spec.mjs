// Two people write in one source: what only one of them changed stays, and what both did is shown twice.
import assert from 'node:assert/strict'
import { follow } from './follow.mjs'
import { openEditor, person } from './people.mjs'
import { signIn } from './studio.mjs'

const replaced = (text, from, to) => {
  assert.ok(text.includes(from), `${from} is not in the text`)
  return text.replace(from, to)
}

async function write(page, changes) {
  const body = page.locator('[name=body]')
  let text = await body.inputValue()
  for (const [from, to] of changes) text = replaced(text, from, to)
  await body.fill(text)
}
const save = (page) => follow(page, page.getByRole('button', { name: 'Save the source' }))

async function both(t) {
  const anna = await signIn(t)
  const berit = await person(t, 'berit', 'editor')
  for (const page of [anna, berit]) await openEditor(t, page, 'nb')
  return { anna, berit }
}

export const tests = {
  'a heading that only the other changed is there when a conflict about a paragraph is decided': async (t) => {
    const { anna, berit } = await both(t)
    await write(berit, [['## Ingen by klarer det alene', '## Ingen by greier det alene'], ['på nytt våren 2027', 'på nytt høsten 2027']])
    await save(berit)
    await write(anna, [['på nytt våren 2027', 'på nytt vinteren 2027']])
    await save(anna)
    const theirs = anna.locator('.theirs')
    assert.match(await theirs.innerText(), /høsten 2027/)
    assert.match(await theirs.innerText(), /berit/)
    const body = anna.locator('[name=body]')
    assert.match(await body.inputValue(), /vinteren 2027/)
    assert.match(await body.inputValue(), /greier det alene/)
    await t.audit(anna)
    await save(anna)
    assert.equal(await theirs.count(), 0)
    const now = await body.inputValue()
    assert.match(now, /vinteren 2027/)
    assert.match(now, /greier det alene/)
  },

  'where two bodies cannot be brought together, the whole of the other stands beside': async (t) => {
    const { anna, berit } = await both(t)
    const cut = /\n\nLillehammer har derfor bedt[^\n]*/.exec(await berit.locator('[name=body]').inputValue())[0]
    await write(berit, [[cut, ''], ['Ingen by', 'Ingen kommune']])
    await save(berit)
    await write(anna, [['Det første går til Freiburg', 'Det første besøket går til Freiburg\n\nDet andre kommer hit']])
    await save(anna)
    const theirs = await anna.locator('.theirs').innerText()
    assert.match(theirs, /Ingen kommune/)
    assert.match(theirs, /Planen behandles/)
    assert.doesNotMatch(theirs, /Lillehammer har derfor bedt/)
    assert.match(await anna.locator('[name=body]').inputValue(), /Det første besøket går til Freiburg/)
    await t.audit(anna)
  },

  'both texts of a field that all languages share are shown': async (t) => {
    const { anna, berit } = await both(t)
    const date = '[name="shared.date"]'
    await berit.locator(date).fill('2027-05-17')
    await save(berit)
    await anna.locator(date).fill('2028-05-17')
    await save(anna)
    assert.match(await anna.locator('.theirs').innerText(), /2027-05-17/)
    assert.equal(await anna.locator(date).inputValue(), '2028-05-17')
    await t.audit(anna)
    await save(anna)
    assert.equal(await anna.locator(date).inputValue(), '2028-05-17')
  },
}
