using System.Text;
using MucGen.Server.Storage;

namespace MucGen.Server.Commands;

/// <summary>What the service tells people who come online: the message of the day, and the welcome at their first visit (XEP-0133 4.24 to 4.28). Thread-safe.</summary>
public sealed class Notices
{
    private const string MotdName = "motd";
    private const string WelcomeName = "welcome";

    private readonly IValueStore values;
    private volatile string? motd;
    private volatile string? welcome;

    private Notices(IValueStore values, string? motd, string? welcome)
    {
        this.values = values;
        this.motd = motd;
        this.welcome = welcome;
    }

    /// <summary>Told to each session when it becomes available; null for none.</summary>
    public string? Motd => motd;

    /// <summary>Told to an account that was never seen before; null for none.</summary>
    public string? Welcome => welcome;

    /// <summary>The notices as they were left.</summary>
    public static async Task<Notices> LoadAsync(IValueStore values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return new Notices(values, await FindAsync(values, MotdName), await FindAsync(values, WelcomeName));
    }

    /// <summary>Sets or, with null, deletes the message of the day.</summary>
    public async Task SetMotdAsync(string? text)
    {
        await SaveAsync(MotdName, text);
        motd = text;
    }

    /// <summary>Sets or, with null, deletes the welcome.</summary>
    public async Task SetWelcomeAsync(string? text)
    {
        await SaveAsync(WelcomeName, text);
        welcome = text;
    }

    private ValueTask SaveAsync(string name, string? text) => values.SetAsync(name, text is null ? null : Encoding.UTF8.GetBytes(text));

    private static async Task<string?> FindAsync(IValueStore values, string name) =>
        await values.FindAsync(name) is { } text ? Encoding.UTF8.GetString(text) : null;
}
