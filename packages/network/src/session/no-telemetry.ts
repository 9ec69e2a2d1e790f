/**
 * To be imported before onnxruntime-node. From 1.29 on, ONNX Runtime keeps an identifier of the device and tells its
 * maker of sessions, models and errors, unless this variable stands when it is first loaded. In a thread this does not
 * reach the process, so the launcher (`bin/osteon.js`) sets it too.
 * Source: https://github.com/microsoft/onnxruntime/pull/27379
 */
process.env["ORT_DISABLE_TELEMETRY"] = "1";
