namespace Httpx.TestServer;

/// <summary>The client did not do what the server's script waited for.</summary>
public sealed class ScriptException(string message, Exception? inner = null) : Exception(message, inner);
