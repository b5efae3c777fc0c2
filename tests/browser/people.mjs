// Further accounts at the server of a spec: made by the command line, signed in by their links, each with a page.
import { follow } from './follow.mjs'

const known = new Map()

export async function person(t, name, role, locales = [], options = {}) {
  const key = `${t.url} ${name}`
  if (!known.has(key)) {
    const grants = locales.flatMap((locale) => ['--locale', locale])
    const said = await t.cli('user', 'create', name, '--role', role, ...grants)
    const page = await t.page({ locale: 'en' })
    await page.goto(t.url + new URL(/https?:\S+/.exec(said)[0]).pathname)
    await follow(page, page.getByRole('button', { name: 'Sign in' }))
    known.set(key, await page.context().storageState())
    await page.context().close()
  }
  return t.page({ locale: 'en', storageState: known.get(key), ...options })
}

export const article = '/studio/articles/lillehammer-solidarity-city'

// The editor of a text, when its scripts run.
export async function openEditor(t, page, locale, key = article) {
  await page.goto(`${t.url}${key}/${locale}`)
  await page.waitForSelector('form[data-ready]')
}

export const row = (page, text) => page.locator('#editor .seg', { hasText: text })
export const saved = (page) => page.waitForFunction(() => document.getElementById('saving').textContent === 'All changes saved')
export const unsaved = (page) => page.waitForFunction(() => document.getElementById('saving').textContent.startsWith('Not saved:'))
