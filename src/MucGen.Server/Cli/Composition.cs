using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MucGen.Protocol;
using MucGen.Rooms;
using MucGen.Rooms.Service;
using MucGen.Server.Accounts;
using MucGen.Server.Commands;
using MucGen.Server.Configuration;
using MucGen.Server.Features;
using MucGen.Server.Hosting;
using MucGen.Server.Sessions;
using MucGen.Server.Storage;
using MucGen.Server.Storage.Sqlite;
using MucGen.Server.Streams;

namespace MucGen.Server.Cli;

/// <summary>Puts the stores, the account rules and the command line's side of the daemon into the host.</summary>
internal static class Composition
{
    /// <summary>What serving and offline commands both need.</summary>
    public static void AddCore(WebApplicationBuilder builder, IConfiguration configuration, SqliteStore store)
    {
        builder.Logging.AddConfiguration(configuration.GetSection("Logging"));
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ";
            console.UseUtcTimestamp = true;
        });

        // Standard output is for what people and scripts asked for.
        builder.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(
            console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        AddStores(builder.Services, store);
        AddAccounts(builder.Services);
    }

    /// <summary>All of it, for the daemon.</summary>
    public static void AddDaemon(WebApplicationBuilder builder, IConfiguration configuration, DataFolder folder, SqliteStore store)
    {
        AddCore(builder, configuration, store);
        builder.Services.AddSingleton(folder);
        builder.Services.AddHostedService<StoreWatch>();
        builder.Services.AddHostedService<ControlSocket>();
    }

    private static void AddStores(IServiceCollection services, SqliteStore store)
    {
        services.AddSingleton(store);
        services.AddSingleton(store.Credentials);
        services.AddSingleton(store.Rosters);
        services.AddSingleton(store.VCards);
        services.AddSingleton(store.Rooms);
        services.AddSingleton(store.Archives);
        services.AddSingleton(store.Values);
    }

    private static void AddAccounts(IServiceCollection services)
    {
        services.AddSingleton(provider => new AccountRegistry(
            provider.GetRequiredService<ICredentialStore>(),
            provider.GetRequiredService<MucGenOptions>().Login.ScramIterations));
        services.AddSingleton(provider => new AccountServices
        {
            Options = provider.GetRequiredService<MucGenOptions>(),
            Protocol = provider.GetRequiredService<ProtocolHost>(),
            Time = provider.GetRequiredService<TimeProvider>(),
            Commands = new CommandSessions(provider.GetRequiredService<ServerSecrets>().Commands, new RandomIds()),
            Notices = provider.GetRequiredService<Notices>(),
            Administration = new Lazy<AdminServices>(provider.GetRequiredService<AdminServices>),
            Registry = provider.GetRequiredService<AccountRegistry>(),
            Deletion = provider.GetRequiredService<IAccountDeletion>(),
            VCards = provider.GetRequiredService<IVCardStore>(),
        });
        services.AddSingleton(provider => Notices.LoadAsync(provider.GetRequiredService<IValueStore>()).GetAwaiter().GetResult());
        services.AddSingleton<ServiceStop>();
        services.AddSingleton(AdminServicesOf);
        services.AddSingleton<AccountRouter>();
        services.AddSingleton<IAccountRouter>(provider => provider.GetRequiredService<AccountRouter>());
        services.AddSingleton<IAccountDeletion>(provider => new AccountDeletion(
            provider.GetRequiredService<ICredentialStore>(),
            provider.GetRequiredService<SessionTable>(),
            new Lazy<AccountRouter>(provider.GetRequiredService<AccountRouter>),
            new Lazy<IRoomAdministration>(provider.GetRequiredService<IRoomAdministration>)));
        services.AddSingleton<IRoomAdministration, RoomAdministration>();
        services.AddSingleton<Administration>();
        services.AddSingleton<RegistrationBeforeLogin>();
        services.AddSingleton<IPreLoginHandler>(provider => provider.GetRequiredService<RegistrationBeforeLogin>());
        services.AddSingleton<IStreamFeature>(provider => provider.GetRequiredService<RegistrationBeforeLogin>());
    }
    private static AdminServices AdminServicesOf(IServiceProvider provider) => new()
    {
        Domain = provider.GetRequiredService<MucGenOptions>().Domain,
        Admins = provider.GetRequiredService<AdminSet>(),
        Registry = provider.GetRequiredService<AccountRegistry>(),
        Deletion = provider.GetRequiredService<IAccountDeletion>(),
        Credentials = provider.GetRequiredService<ICredentialStore>(),
        Rosters = provider.GetRequiredService<IRosterStore>(),
        Sessions = provider.GetRequiredService<SessionTable>(),
        Notices = provider.GetRequiredService<Notices>(),
        Stop = provider.GetRequiredService<ServiceStop>(),
        Time = provider.GetRequiredService<TimeProvider>(),
        Log = provider.GetRequiredService<ILogger<AdminServices>>(),
    };
}
