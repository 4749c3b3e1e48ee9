// Prints `connected`, or why not. Publishes each line of stdin, key and text in one, to d/bob through MQTT.js, and prints `acknowledged LINE` for each
// that is. MQTT.js comes back by itself when the connection ends. Arguments: URL, user, token.
import { createInterface } from 'node:readline';
import mqtt from 'mqtt';

const [url, user, token] = process.argv.slice(2);
const client = mqtt.connect(url, {
  protocolVersion: 5,
  clientId: `${user}.d`,
  username: user,
  password: token,
  clean: false,
  properties: { sessionExpiryInterval: 3600 },
  reconnectPeriod: 500,
});
let connected = false;
client.on('error', error => connected || console.log(error.message)); // later ones are what the test makes
client.once('connect', () => {
  connected = true;
  console.log('connected');
  createInterface({ input: process.stdin })
    .on('line', line => {
      const options = { qos: 1, properties: { correlationData: Buffer.from(line) } };
      client.publish(`u/${user}/out/d/bob`, line, options, error => {
        console.log(error ? `failed ${line} ${error}` : `acknowledged ${line}`);
      });
    })
    .on('close', () => client.end());
});
