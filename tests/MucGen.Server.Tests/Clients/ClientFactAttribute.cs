namespace MucGen.Server.Tests.Clients;

/// <summary>A test that needs another project's client, and says how to install it when it is not there.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal abstract class ClientFactAttribute : FactAttribute
{
    private protected ClientFactAttribute(ClientProgram program)
    {
        if (!program.IsInstalled())
            Skip = $"{program.Name} is not installed: {program.HowToInstall}";
    }

    public sealed override string? Skip { get; set; }
}

internal sealed class SlixmppFactAttribute() : ClientFactAttribute(ClientProgram.Slixmpp);

internal sealed class XmppJsFactAttribute() : ClientFactAttribute(ClientProgram.XmppJs);
