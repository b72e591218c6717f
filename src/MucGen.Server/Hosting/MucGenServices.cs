using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MucGen.Protocol;
using MucGen.Rooms;
using MucGen.Rooms.Service;
using MucGen.Server.Cli;
using MucGen.Server.Commands;
using MucGen.Server.Configuration;
using MucGen.Server.Rooms;
using MucGen.Server.Sasl;
using MucGen.Server.Sessions;
using MucGen.Server.Storage;
using MucGen.Server.Storage.Sqlite;
using MucGen.Server.Streams;
using MucGen.Server.Transport;
using MucGen.Xml;

namespace MucGen.Server.Hosting;

/// <summary>
/// The server as a part of any host: <c>AddMucGen</c> composes all of it, the program <c>mucgen</c> and a host of one's own alike, and it serves from the host's start to its stop.
/// Everything is a singleton. <see cref="ClientListener"/> tells where clients connect, <see cref="ServiceStop"/> whether an admin wants the host to start again.
/// </summary>
public static partial class MucGenServices
{
    /// <summary>Adds the server as the section <see cref="MucGenOptions.Section"/> sets it; what is not set there has its default.</summary>
    /// <exception cref="SettingsException">A setting cannot be used.</exception>
    /// <exception cref="InvalidOperationException">The host has the server already.</exception>
    public static IServiceCollection AddMucGen(this IServiceCollection services, IConfiguration configuration)
    {
        var report = OptionsReader.Read(configuration);
        return report.Problems.Count == 0 ? services.AddMucGen(report.Options) : throw new SettingsException(report.Problems);
    }

    /// <summary>Adds the server with settings that have been read and found good.</summary>
    /// <exception cref="InvalidOperationException">The host has the server already.</exception>
    public static IServiceCollection AddMucGen(this IServiceCollection services, MucGenOptions options)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(options);
        if (services.Any(service => service.ServiceType == typeof(MucGenOptions)))
            throw new InvalidOperationException("A host serves one domain, and AddMucGen has been called. Serve another domain in a host of its own.");
        services.AddSingleton(options);
        services.TryAddSingleton(TimeProvider.System);
        AddStores(services, options);
        AddAccounts(services);
        AddRooms(services, options);
        AddStreams(services, options);

        // They start in this order and stop in the other one; what happens before the first and after the last client is with ServerLifetime.
        services.AddHostedService<ServerLifetime>();
        services.AddHostedService<StoreWatch>();
        services.AddHostedService<AccountArchiveSweep>();
        services.AddHostedService<ControlSocket>();
        services.AddHostedService(provider => provider.GetRequiredService<ClientListener>());
        services.Configure<HostOptions>(host => host.ShutdownTimeout = options.ShutdownTime);
        return services;
    }

    /// <summary>
    /// Adds features of one's own: the emitted <c>GeneratedExtension.Instance</c> of an assembly with schemas and handlers. Extensions are asked in the order in which they were
    /// added, before the server's own, and what their handlers announce is in discovery.
    /// </summary>
    public static IServiceCollection AddMucGenExtension(this IServiceCollection services, ProtocolExtension extension)
    {
        ArgumentNullException.ThrowIfNull(extension);
        return services.AddSingleton(extension);
    }

    /// <summary>One folder and one database for as long as the host lives, opened when the first needs it.</summary>
    private static void AddStores(IServiceCollection services, MucGenOptions options)
    {
        services.TryAddSingleton(_ => DataFolder.Open(options.DataFolder));
        services.TryAddSingleton(provider => SqliteStore.Open(provider.GetRequiredService<DataFolder>(), options.Storage, TimeProvider.System));
        services.AddSingleton(provider => provider.GetRequiredService<SqliteStore>().Credentials);
        services.AddSingleton(provider => provider.GetRequiredService<SqliteStore>().Rosters);
        services.AddSingleton(provider => provider.GetRequiredService<SqliteStore>().VCards);
        services.AddSingleton(provider => provider.GetRequiredService<SqliteStore>().Blocked);
        services.AddSingleton(provider => provider.GetRequiredService<SqliteStore>().Offline);
        services.AddSingleton(provider => provider.GetRequiredService<SqliteStore>().Rooms);
        services.AddSingleton(provider => provider.GetRequiredService<SqliteStore>().Archives);
        services.AddSingleton(provider => provider.GetRequiredService<SqliteStore>().AccountArchives);
        services.AddSingleton(provider => provider.GetRequiredService<SqliteStore>().Values);
    }

    private static void AddStreams(IServiceCollection services, MucGenOptions options)
    {
        services.AddMetrics();
        services.AddSingleton(provider => new ProtocolHost(
            [.. provider.GetServices<ProtocolExtension>(), MucGen.Rooms.GeneratedExtension.Instance, MucGen.Server.GeneratedExtension.Instance]));
        services.AddSingleton(provider => provider.GetRequiredService<ProtocolHost>().Names);
        services.AddSingleton(new ServedDomains(options.Domain, options.MucDomain));
        services.AddSingleton(StreamPolicy.From(options));
        services.AddSingleton<ServerMetrics>();
        services.AddSingleton<SessionTable>();
        services.AddSingleton<StreamRegistry>();
        services.AddSingleton<ICertificateSource, Certificates>();
        services.AddSingleton<IStanzaRouter, StanzaRouter>();
        services.AddSingleton(provider => new Lazy<IStanzaRouter>(provider.GetRequiredService<IStanzaRouter>));
        services.AddSingleton(provider => new SessionBinder(
            provider.GetRequiredService<SessionTable>(),
            provider.GetRequiredService<IAccountRouter>(),
            provider.GetRequiredService<IRoomHost>(),
            options.Limits.MaxSessionsPerAccount));

        // Secrets come off the disk once, before anything is served; there is nobody yet whom waiting here could hold up.
        services.AddSingleton(provider => ServerSecrets.LoadAsync(provider.GetRequiredService<IValueStore>()).GetAwaiter().GetResult());
        services.AddSingleton(StreamServicesOf);
        services.AddSingleton<ClientConnections>();
        services.AddSingleton(provider => new ClientListener(options, provider.GetRequiredService<ClientConnections>(), provider.GetRequiredService<ILoggerFactory>()));
    }

    private static void AddRooms(IServiceCollection services, MucGenOptions options)
    {
        services.AddSingleton<RoomDirectory>();
        services.AddSingleton<IRoomDirectory>(provider => provider.GetRequiredService<RoomDirectory>());
        services.AddSingleton<AccountDelivery>();
        services.AddSingleton(provider => new Lazy<IRoomHost>(provider.GetRequiredService<IRoomHost>));
        services.AddSingleton(provider => new RoomActivityWatch(
            Jid.Parse(options.MucDomain),
            provider.GetRequiredService<IRoomJournal>(),
            provider.GetRequiredService<SessionTable>(),
            provider.GetRequiredService<Lazy<IRoomHost>>(),
            provider.GetRequiredService<ILogger<RoomHost>>()));
        services.AddSingleton<RoomHost>();
        services.AddSingleton<IRoomHost>(provider => provider.GetRequiredService<RoomHost>());
        services.AddSingleton<IMucService, MucService>();
        services.AddSingleton(provider =>
            AdminSet.LoadAsync(options.Admins.Select(Jid.Parse), provider.GetRequiredService<IValueStore>()).GetAwaiter().GetResult());
        services.AddSingleton(provider => PolicyOf(options, provider));
        services.AddSingleton(provider => new ServicePolicy
        {
            Address = Jid.Parse(options.MucDomain),
            MayCreate = provider.GetRequiredService<RoomPolicy>().MayCreate,
            RoomsHaveVCards = options.Rooms.MaxVCardBytes > 0,
            CommandSessions = new CommandSessions(provider.GetRequiredService<ServerSecrets>().Commands, new RandomIds()),
            Commands = RoomCommandsOf(provider),
            FullSearch = options.Rooms.FullSearch,
            LocalDomain = options.Domain,
            MostSearchesPerMinute = options.Rooms.MaxSearchesPerMinute,
            Protocol = provider.GetRequiredService<ProtocolHost>(),
        });
        services.AddSingleton(RoomServicesOf);
    }

    private static CommandList<ServiceTurn> RoomCommandsOf(IServiceProvider provider)
    {
        var rooms = new Lazy<IRoomAdministration>(provider.GetRequiredService<IRoomAdministration>);
        var admins = provider.GetRequiredService<AdminSet>();
        var log = provider.GetRequiredService<ILogger<AdminServices>>();
        return new CommandList<ServiceTurn>(new ListRooms(rooms, admins, log), new ShowRoom(rooms, admins, log), new DestroyRoom(rooms, admins, log));
    }

    private static RoomPolicy PolicyOf(MucGenOptions options, IServiceProvider provider)
    {
        var admins = provider.GetRequiredService<AdminSet>();
        return new RoomPolicy
        {
            OccupantIdSecret = provider.GetRequiredService<ServerSecrets>().OccupantIds,
            Protocol = provider.GetRequiredService<ProtocolHost>(),
            Admins = admins,
            Registration = options.Rooms.Registration,
            LocksNicks = options.Rooms.LockNicks,
            TellsAbsentUsers = options.Rooms.TellAbsentUsers,
            OwnersConfigure = options.Rooms.OwnersConfigure,
            OwnersRevokeOwners = options.Rooms.OwnersRevokeOwners,
            Payloads = options.Rooms.Payloads is { } payloads ? new PayloadFilter(payloads) : null,
            DefaultConfig = () => new RoomConfig { IsLogged = options.Rooms.Archive },
            ArchiveLifetime = options.Rooms.ArchiveDays > 0 ? TimeSpan.FromDays(options.Rooms.ArchiveDays) : null,
            BoundsArchiveReading = options.Rooms.ArchiveSinceJoining,
            Rates = options.Rates,
            MaxHistory = options.Rooms.MaxHistory,
            MaxOccupants = options.Rooms.MaxOccupants,
            MaxNickBytes = options.Rooms.MaxNickBytes,
            MaxVCardBytes = options.Rooms.MaxVCardBytes,
            LockedRoomLifetime = options.Rooms.LockedTime,
            TombstoneLifetime = TimeSpan.FromDays(options.Rooms.TombstoneDays),
            EmptyRoomLifetime = options.Rooms.EmptyTime,
            OwnsEnough = OwnsEnough(options.Rooms.MaxRoomsPerOwner, admins, provider.GetRequiredService<IRoomJournal>()),
            MayCreate = options.Rooms.Creation switch
            {
                RoomCreation.Admins => admins.Contains,
                RoomCreation.Local => jid => jid.Domain == options.Domain || admins.Contains(jid),
                _ => static _ => true,
            },
        };
    }

    private static Func<Jid, bool> OwnsEnough(int most, AdminSet admins, IRoomJournal journal) =>
        most == 0 ? static _ => false : jid => journal.OwnedBy(jid) >= most && !admins.Contains(jid);

    private static RoomServices RoomServicesOf(IServiceProvider provider) => new()
    {
        Policy = provider.GetRequiredService<RoomPolicy>(),
        MaxMailbox = provider.GetRequiredService<MucGenOptions>().Limits.MaxRoomMailbox,
        EventsPerSnapshot = provider.GetRequiredService<MucGenOptions>().Storage.EventsPerSnapshot,
        Time = provider.GetRequiredService<TimeProvider>(),
        NewIds = static () => new RandomIds(),
        Journal = provider.GetRequiredService<IRoomJournal>(),
        Archives = provider.GetRequiredService<IRoomArchive>(),
        Directory = provider.GetRequiredService<RoomDirectory>(),
        Sessions = provider.GetRequiredService<SessionTable>(),
        Activity = provider.GetRequiredService<RoomActivityWatch>(),
        Accounts = provider.GetRequiredService<AccountDelivery>(),
        Metrics = provider.GetRequiredService<ServerMetrics>(),
        Log = provider.GetRequiredService<ILogger<RoomHost>>(),
        StorageFailed = _ => provider.GetRequiredService<IHostApplicationLifetime>().StopApplication(),
    };

    private static StreamServices StreamServicesOf(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<MucGenOptions>();
        return new StreamServices
        {
            Domain = options.Domain,
            Policy = provider.GetRequiredService<StreamPolicy>(),
            Time = provider.GetRequiredService<TimeProvider>(),
            Names = provider.GetRequiredService<NameTable>(),
            Segments = new SegmentPool(),
            Certificates = provider.GetRequiredService<ICertificateSource>(),
            Accounts = new SaslAccounts(
                options.Domain,
                provider.GetRequiredService<ICredentialStore>(),
                provider.GetRequiredService<ServerSecrets>().Strangers,
                options.Login.ScramIterations),
            Failures = new LoginFailures(provider.GetRequiredService<StreamPolicy>(), provider.GetRequiredService<TimeProvider>()),
            Sessions = provider.GetRequiredService<SessionBinder>(),
            Router = provider.GetRequiredService<IStanzaRouter>(),
            Features = [.. provider.GetServices<IStreamFeature>()],
            PreLogin = [.. provider.GetServices<IPreLoginHandler>()],
            Metrics = provider.GetRequiredService<ServerMetrics>(),
            Log = provider.GetRequiredService<ILogger<ClientStream>>(),
        };
    }
}
