module.exports = { Buffer: undefined };
