const tell = (what, said) => fetch('/tell/' + what, {method: 'POST', body: JSON.stringify(said)});

const show = async data => {
  try {
    const push = data.json();
    await self.registration.showNotification(push.title ?? 'Waggle', {body: push.body, tag: push.thread});
    const shown = await self.registration.getNotifications();
    await tell('received', {push, shown: shown.map(({title, body, tag}) => ({title, body, tag}))});
  } catch (failure) {
    await tell('failure', String(failure));
  }
};

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('push', event => event.waitUntil(show(event.data)));
