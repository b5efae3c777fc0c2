// From one thing to do to the next: texts that nobody has confirmed, the next text of a list, keys on other keyboards.
import assert from 'node:assert/strict'
import { follow } from './follow.mjs'
import { ask, change } from './editing.mjs'
import { openEditor, saved } from './people.mjs'
import { signIn } from './studio.mjs'

// An article whose English the memory has filled in, from what was translated in another one.
async function filledFromMemory(t, page, key) {
  await openEditor(t, page, 'en')
  const text = `Biblioteket åpner klokken åtte hver morgen hele året ${key}`
  const made = []
  for (const name of [key, key + '-again']) {
    const translation = { title: `Åpningstider ${name}`, body: `${text}.\n\nOg mer.` }
    const { body } = await ask(page, 'POST', '/api/v1/articles', { key: name, type: 'page', source_locale: 'nb', translation })
    made.push(`/api/v1/articles/${body.id}/translations/en`)
  }
  const [first, second] = made
  const { body } = await ask(page, 'GET', first + '/segments')
  const id = body.items.find((one) => one.source.text.startsWith(text)).id
  await change(page, first, { segments: [{ id, text: `The library opens at eight every morning all year ${key}.` }] })
  // The memory follows what is saved.
  for (let filled = 0; filled === 0; ) {
    const { etag } = await ask(page, 'GET', second)
    filled = (await ask(page, 'POST', second + '/pretranslate', {}, etag)).body.filled
  }
  return { path: second, id, url: `/studio/articles/${key}-again/en` }
}

const originOf = async (page, { path, id }) => (await ask(page, 'GET', path + '/segments')).body.items.find((one) => one.id === id).target.origin

export const tests = {
  'a text from memory is to do until somebody has said that it is right': async (t) => {
    const page = await signIn(t)
    const filled = await filledFromMemory(t, page, 'morning')
    await page.goto(t.url + filled.url)
    await page.waitForSelector('form[data-ready]')
    const made = page.locator('#r-' + filled.id)
    await made.locator('.origin').waitFor()
    await page.locator('.seg.title textarea').focus()
    await page.keyboard.press('Alt+ArrowDown')
    assert.equal(await page.evaluate(() => document.activeElement.id), 's-' + filled.id)
    await page.keyboard.press('Control+Enter')
    await made.locator('.origin').waitFor({ state: 'detached' })
    await saved(page)
    assert.equal(await originOf(page, filled), 'human')
  },

  'without script, too': async (t) => {
    const page = await signIn(t)
    const filled = await filledFromMemory(t, page, 'evening')
    const plain = await signIn(t, { javaScriptEnabled: false })
    await plain.goto(t.url + filled.url)
    await plain.locator(`#r-${filled.id}`).getByLabel('I have read it: it is right as it is').check()
    await follow(plain, plain.getByRole('button', { name: 'Save', exact: true }))
    assert.equal(await originOf(page, filled), 'human')
    assert.equal(await plain.locator('.origin').count(), 0)
  },

  'next goes on in the list that one came from, to its end': async (t) => {
    const page = await signIn(t)
    await page.goto(`${t.url}/studio/worklist/ar?state=untranslated&sort=words`)
    await follow(page, page.locator('.list tbody a').first())
    const first = new URL(page.url())
    assert.equal(first.search, '?state=untranslated&sort=words')
    await follow(page, page.getByRole('link', { name: 'Next text' }))
    const second = new URL(page.url())
    assert.notEqual(second.pathname, first.pathname)
    assert.equal(second.search, first.search)
    // A list of one ends with it.
    await page.goto(`${t.url}/studio/worklist/de?state=outdated`)
    await follow(page, page.locator('.list tbody a').first())
    await follow(page, page.getByRole('link', { name: 'Next text' }))
    assert.match(page.url(), /\/studio\/worklist\/de\?state=outdated/)
    assert.match(await page.locator('[role=status]').innerText(), /no other text of this list/)
  },

  'keys are found by their place where the keyboard types no Latin letters, and can be turned off': async (t) => {
    const page = await signIn(t)
    await page.goto(t.url + '/studio')
    const press = (key, code, shiftKey = false) =>
      page.evaluate((init) => document.body.dispatchEvent(new KeyboardEvent('keydown', { ...init, bubbles: true, cancelable: true })), { key, code, shiftKey })
    const focused = () => page.evaluate(() => document.activeElement.name)
    await press('؟', 'Slash', true)
    assert.ok(await page.locator('#keys').evaluate((dialog) => dialog.open))
    await page.keyboard.press('Escape')
    await press('ظ', 'Slash')
    assert.equal(await focused(), 'q')
    await page.evaluate(() => document.activeElement.blur())
    await press('ل', 'KeyG')
    await press('لا', 'KeyB')
    await page.waitForURL(/\/studio\/board$/)

    await page.locator('details.menu summary').click()
    await page.getByRole('button', { name: 'Show the keys' }).click()
    await page.getByLabel('Use keys without Ctrl or Alt in this browser').uncheck()
    await page.keyboard.press('Escape')
    await page.reload()
    await page.keyboard.press('/')
    assert.notEqual(await focused(), 'q')
  },

  'a page that looks again waits while somebody writes in it': async (t) => {
    const page = await signIn(t)
    await page.route('**/studio/settings/locales', async (route) => {
      const response = await route.fetch()
      await route.fulfill({ response, body: (await response.text()).replace('<table class="list"', '<table class="list" data-again="800"') })
    })
    await page.goto(t.url + '/studio/settings/locales')
    await page.waitForEvent('load') // it looks again
    await page.evaluate(() => (document.getElementById('f-tag').value = 'nn'))
    await page.waitForFunction(() => performance.now() > 2500)
    assert.equal(await page.locator('#f-tag').inputValue(), 'nn')
  },

  'numbers keep their digits when the page counts anew': async (t) => {
    const page = await signIn(t)
    await page.goto(t.url + '/studio')
    await follow(page, page.getByRole('button', { name: 'العربية' }))
    await openEditor(t, page, 'ar')
    const progress = page.locator('#progress')
    const before = await progress.innerText()
    const system = (text) => (/[٠-٩]/.test(text) ? 'arab' : 'latn')
    await page.locator('.seg.missing textarea').first().fill('نص')
    await page.waitForFunction((before) => document.getElementById('progress').innerText !== before, before)
    assert.equal(system(await progress.innerText()), system(before))
    assert.equal(system(await page.locator('#count-missing').innerText()), system(before))
    await page.goto(t.url + '/studio')
    await follow(page, page.getByRole('button', { name: 'English' }))
  },

  'a language with private use is named as such where a source is edited': async (t) => {
    const page = await signIn(t)
    await openEditor(t, page, 'en')
    const tag = 'nb-x-easy'
    await ask(page, 'PUT', `/api/v1/locales/${tag}`, { enabled: true })
    await page.evaluate(async (tag) => {
      const isReady = (items) => items.some((one) => one.locale === tag && !one.filling)
      while (!isReady((await (await fetch('/api/v1/locales', { cache: 'no-store' })).json()).items));
    }, tag)
    const path = '/api/v1/articles/guide-for-cities/translations/' + tag
    const { etag } = await ask(page, 'GET', path)
    assert.equal((await ask(page, 'PATCH', path, { segments: [{ id: 'title', text: 'Lett' }] }, etag)).status, 200)
    await openEditor(t, page, 'en', '/studio/articles/guide-for-cities')
    const title = page.locator('[name=title]')
    await title.fill((await title.inputValue()) + ' and towns')
    await page.waitForFunction(() => document.querySelectorAll('#consequences .outdated').length > 2)
    const names = await page.locator('#consequences .outdated').allInnerTexts()
    assert.equal(new Set(names).size, names.length, names.join())
  },
}
