// The pages of the studio and of the site, by the demo content: for the specs that look at all of them.
export const article = '/studio/articles/lillehammer-solidarity-city'
export const studioPages = [
  '/studio', '/studio/board', '/studio/board?q=sol&state=untranslated&in=ar', '/studio/board?q=nothing', '/studio/worklist/en',
  '/studio/worklist/ar?state=all', '/studio/worklist/nb?state=ready', '/studio/articles', '/studio/articles?q=nothing', '/studio/new',
  article, `${article}/en`, `${article}/ar`, `${article}/nb`, `${article}/en/history`, `${article}/ar/history`,
  '/studio/articles/open-doors-statement/en', '/studio/settings/locales?accept=nn,de;q=0.5', '/studio/articles/none',
  '/studio/account', '/studio/notifications', '/studio/settings/users', '/studio/settings/tokens', '/studio/settings/log',
  '/studio/settings/memory', '/studio/terms',
]
export const sitePages = [
  '/en/', '/ar/', '/nb/', '/en/?type=news', '/nb/lillehammer-solidaritetsby', '/ar/lillehammer-solidarity-city', '/en/no-such-page',
]
