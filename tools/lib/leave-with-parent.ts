// Loaded into the gateway process by its starter: when the starter is killed, the channel to it breaks and
// the gateway leaves the way it leaves on Ctrl-C, instead of staying behind with the port and the data.
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
