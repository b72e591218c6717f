using System.CommandLine;
using MucGen.Server.Configuration;

namespace MucGen.Server.Cli;

/// <summary>The commands of <c>mucgen</c>. Without a command it serves.</summary>
public static class CommandLine
{
    /// <summary>Exit code: what was asked is done.</summary>
    public const int Success = 0;

    /// <summary>Exit code: the command was understood and could not be done.</summary>
    public const int Failure = 1;

    /// <summary>Exit code: the command line or the configuration is wrong.</summary>
    public const int Misuse = 2;

    private static readonly Option<string?> Data = new("--data")
    {
        Description = "The data folder (MucGen:DataFolder).",
        HelpName = "DIR",
    };

    private static readonly Option<string?> Domain = new("--domain")
    {
        Description = "The served domain (MucGen:Domain).",
        HelpName = "D",
    };

    private static readonly Option<string?> Password = new("--password")
    {
        Description = "The password; asked for, or read from standard input, when not given.",
        HelpName = "P",
    };

    private static readonly Argument<string> User = new("JID") { Description = "The account, as name@domain." };

    private static readonly Argument<string> RoomAddress = new("JID") { Description = "The room, as name@conference.domain." };

    /// <summary>Runs one command line.</summary>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, CancellationToken cancellationToken = default)
    {
        var console = new CommandConsole(output, error, Console.In);

        // No response files: a password may begin with @.
        var parsed = Build(console).Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        var invocation = new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false };
        var code = await parsed.InvokeAsync(invocation, cancellationToken);
        return parsed.Errors.Count > 0 ? Misuse : code;
    }

    private static RootCommand Build(CommandConsole console)
    {
        var root = new RootCommand("MucGen, an XMPP Multi-User Chat server.") { ServeCommand(console), UserCommand(console), RoomCommand(console), CheckCommand(console) };
        root.SetAction((_, cancellationToken) => ServeAction.RunAsync(new Dictionary<string, string?>(), console, cancellationToken));
        return root;
    }

    private static Command ServeCommand(CommandConsole console)
    {
        var listen = new Option<string?>("--listen") { Description = "Where clients connect (MucGen:Listen).", HelpName = "HOST:PORT" };
        var registration = new Option<bool>("--allow-registration") { Description = "Lets anybody create an account in-band (MucGen:AllowRegistration)." };
        var serve = new Command("serve", "Runs the server until it is told to stop.") { Domain, listen, Data, registration };
        serve.SetAction((parsed, cancellationToken) =>
        {
            var settings = Settings(parsed);
            Set(settings, "Listen", parsed.GetValue(listen));
            Set(settings, "AllowRegistration", parsed.GetValue(registration) ? "true" : null);
            return ServeAction.RunAsync(settings, console, cancellationToken);
        });
        return serve;
    }

    private static Command UserCommand(CommandConsole console)
    {
        var add = new Command("add", "Creates an account.") { User, Password, Domain, Data };
        add.SetAction((parsed, cancellationToken) => WithPassword(AdminCommand.UserAdd, parsed, console, cancellationToken));
        var passwd = new Command("passwd", "Changes an account's password.") { User, Password, Domain, Data };
        passwd.SetAction((parsed, cancellationToken) => WithPassword(AdminCommand.UserPasswd, parsed, console, cancellationToken));
        var list = new Command("list", "Lists the accounts.") { Data };
        list.SetAction((parsed, cancellationToken) => Ask(new AdminRequest(AdminCommand.UserList), parsed, console, cancellationToken));
        var delete = new Command("delete", "Deletes an account, ends its sessions and takes it out of every room.") { User, Domain, Data };
        delete.SetAction((parsed, cancellationToken) =>
            Ask(new AdminRequest(AdminCommand.UserDelete, parsed.GetValue(User)), parsed, console, cancellationToken));
        return new Command("user", "Accounts.") { add, passwd, list, delete };
    }

    private static Command RoomCommand(CommandConsole console)
    {
        var list = new Command("list", "Lists the rooms.") { Data };
        list.SetAction((parsed, cancellationToken) => Ask(new AdminRequest(AdminCommand.RoomList), parsed, console, cancellationToken));
        var show = new Command("show", "Shows a room's configuration, affiliations and occupants.") { RoomAddress, Domain, Data };
        show.SetAction((parsed, cancellationToken) =>
            Ask(new AdminRequest(AdminCommand.RoomShow, parsed.GetValue(RoomAddress)), parsed, console, cancellationToken));
        var reason = new Option<string?>("--reason") { Description = "Told to the occupants.", HelpName = "TEXT" };
        var alternate = new Option<string?>("--alternate") { Description = "A room to go to instead.", HelpName = "JID" };
        var destroy = new Command("destroy", "Destroys a room and tells its occupants.") { RoomAddress, reason, alternate, Domain, Data };
        destroy.SetAction((parsed, cancellationToken) => Ask(
            new AdminRequest(
                AdminCommand.RoomDestroy, parsed.GetValue(RoomAddress), null, parsed.GetValue(reason), parsed.GetValue(alternate)),
            parsed,
            console,
            cancellationToken));
        return new Command("room", "Rooms.") { list, show, destroy };
    }

    private static Command CheckCommand(CommandConsole console)
    {
        var check = new Command("check-config", "Shows every setting in force and what is wrong with it.") { Domain, Data };
        check.SetAction(parsed => CheckConfiguration.Run(Settings(parsed), console));
        return check;
    }

    private static Task<int> WithPassword(AdminCommand command, ParseResult parsed, CommandConsole console, CancellationToken cancellationToken)
    {
        var password = parsed.GetValue(Password) ?? console.ReadPassword();
        return Ask(new AdminRequest(command, parsed.GetValue(User), password), parsed, console, cancellationToken);
    }

    private static Task<int> Ask(AdminRequest request, ParseResult parsed, CommandConsole console, CancellationToken cancellationToken) =>
        AdminAction.RunAsync(request, Settings(parsed), console, cancellationToken);

    private static Dictionary<string, string?> Settings(ParseResult parsed)
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        Set(settings, "Domain", parsed.GetValue(Domain));
        Set(settings, "DataFolder", parsed.GetValue(Data));
        return settings;
    }

    private static void Set(Dictionary<string, string?> settings, string key, string? value)
    {
        if (value is not null)
            settings[$"{MucGenOptions.Section}:{key}"] = value;
    }
}
