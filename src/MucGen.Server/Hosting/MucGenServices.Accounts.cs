using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MucGen.Protocol;
using MucGen.Rooms;
using MucGen.Rooms.Service;
using MucGen.Server.Accounts;
using MucGen.Server.Cli;
using MucGen.Server.Commands;
using MucGen.Server.Configuration;
using MucGen.Server.Features;
using MucGen.Server.Sessions;
using MucGen.Server.Storage;
using MucGen.Server.Streams;

namespace MucGen.Server.Hosting;

/// <content>The accounts of the domain, and what its admins do.</content>
public static partial class MucGenServices
{
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
            Blocked = provider.GetRequiredService<IBlockStore>(),
            Offline = provider.GetRequiredService<IOfflineStore>(),
            Archives = provider.GetRequiredService<IAccountArchive>(),
        });
        services.AddSingleton(provider => Notices.LoadAsync(provider.GetRequiredService<IValueStore>()).GetAwaiter().GetResult());
        services.AddSingleton<ServiceStop>();
        services.AddSingleton(AdminServicesOf);
        services.AddSingleton<AccountRouter>();
        services.AddSingleton<IAccountRouter>(provider => provider.GetRequiredService<AccountRouter>());
        services.AddSingleton(provider => new Lazy<IAccountRouter>(provider.GetRequiredService<IAccountRouter>));
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
