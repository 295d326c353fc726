// The main features in real exchanges with a server that runs here beside them:
//     dotnet run --project examples/Quickstart
// Each section stands in the order of docs/quickstart.md.
using Httpx.TestServer;
using Quickstart;

await using var app = await TestApp.StartAsync();

Requests.Walk(app.Url);
Bodies.Walk(app.Url);
Responses.Walk(app.Url);
Clients.Walk(app.Url);
await Asynchronous.WalkAsync(app);
