"use strict";
// Answers for the portal's pages when there is no network. It keeps static files and the page that says so; a
// certificate it only shows, after its holder had the page keep it. No other page of a person is ever kept.

const setup = {{ setup|safe }};
const SHELL = "shell";
const KEPT = "kept";

self.addEventListener("install", (event) => {
  const fill = async () => {
    await caches.delete(SHELL);
    const shell = await caches.open(SHELL);
    await shell.addAll([...setup.files, setup.offline]);
    await self.skipWaiting();
  };
  event.waitUntil(fill());
});

self.addEventListener("activate", (event) => {
  const begin = async () => {
    // The page is asked for while this script still starts, so that nobody waits for it.
    if (self.registration.navigationPreload) { await self.registration.navigationPreload.enable(); }
    await self.clients.claim();
  };
  event.waitUntil(begin());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) { return; }
  if (request.mode === "navigate") {
    event.respondWith(url.pathname === setup.kept ? certificate(event) : page(event));
  } else if (setup.files.includes(url.pathname)) {
    event.respondWith(fetch(request).catch(() => caches.match(request)));
  }
});

async function page(event) {
  try {
    const answer = (await event.preloadResponse) || (await fetch(event.request));
    // Told to forget by a browser that does not know how to do it by itself.
    if (answer.headers.has("Clear-Site-Data")) { await caches.delete(KEPT); }
    return answer;
  } catch {
    const own = await copy();
    return own ? Response.redirect(setup.kept) : caches.match(setup.offline);
  }
}

async function certificate(event) {
  return (await copy()) || page(event);
}

// The kept certificate, unless its cover has ended.
async function copy() {
  const kept = await caches.open(KEPT);
  const own = await kept.match(setup.kept);
  if (own && Date.now() < Date.parse(own.headers.get("X-Kept-Until"))) { return own; }
  await caches.delete(KEPT);
  return undefined;
}
