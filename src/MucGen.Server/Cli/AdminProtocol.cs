using System.Text.Json.Serialization;

namespace MucGen.Server.Cli;

/// <summary>What the command line can ask of a data folder, whether a daemon owns it or not.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AdminCommand>))]
public enum AdminCommand
{
    /// <summary>Creates an account.</summary>
    UserAdd,

    /// <summary>Changes an account's password.</summary>
    UserPasswd,

    /// <summary>Lists the accounts.</summary>
    UserList,

    /// <summary>Deletes an account, ends its sessions and tells the rooms.</summary>
    UserDelete,

    /// <summary>Lists the rooms.</summary>
    RoomList,

    /// <summary>Shows one room.</summary>
    RoomShow,

    /// <summary>Destroys a room.</summary>
    RoomDestroy,
}

/// <summary>One request over the control socket: one line of JSON.</summary>
/// <param name="Command">What to do.</param>
/// <param name="Address">The account or room concerned, as the operator typed it.</param>
/// <param name="Password">The password for commands that set one.</param>
/// <param name="Reason">The reason told to occupants of a room that is destroyed.</param>
/// <param name="Alternate">The room to go to instead.</param>
public sealed record AdminRequest(AdminCommand Command, string? Address = null, string? Password = null, string? Reason = null, string? Alternate = null);

/// <summary>The answer: one line of JSON.</summary>
/// <param name="IsDone">Whether the command did what it says.</param>
/// <param name="Lines">What to show: to the operator's standard output when done, else to the error output.</param>
public sealed record AdminReply(bool IsDone, IReadOnlyList<string> Lines)
{
    /// <summary>The command did its work.</summary>
    public static AdminReply Done(params IReadOnlyList<string> lines) => new(true, lines);

    /// <summary>The command could not; the line says why and what to do.</summary>
    public static AdminReply Failed(string line) => new(false, [line]);
}

/// <summary>How requests and replies are written.</summary>
[JsonSerializable(typeof(AdminRequest))]
[JsonSerializable(typeof(AdminReply))]
internal sealed partial class AdminJson : JsonSerializerContext;
