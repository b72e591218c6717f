using Microsoft.Extensions.Hosting;
using MucGen.Sample;
using MucGen.Server.Hosting;

var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { Args = args, ContentRootPath = AppContext.BaseDirectory });
builder.Services.AddMucGen(builder.Configuration);
builder.Services.AddMucGenExtension(GeneratedExtension.Instance);
await builder.Build().RunAsync();
